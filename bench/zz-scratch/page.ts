import '@tensorflow/tfjs-backend-webgpu';
import { Registry } from '@modelmeter/core';
import { fitMetrics } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { makeFit } from '../fit/workload.ts';
import { interleave } from '../measure/interleave.ts';
const turn = () => new Promise<void>((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { port1.close(); resolve(); }; port2.postMessage(null); });
const turns: number[][] = [[], [], [], [], []];
class Y extends tf.Callback { n: number; last = performance.now(); constructor(n: number) { super(); this.n = n; }
  override async onBatchEnd() { if (performance.now() - this.last < 100) return; for (let i = 0; i < this.n; i++) { const t = performance.now(); await turn(); if (this.n === 5) turns[i]!.push(performance.now() - t); } this.last = performance.now(); } }
async function go(backend: string, steps: number, rounds: number) {
  await tf.setBackend(backend); await tf.ready();
  const reg = () => { const registry = new Registry(); registry.openReader(); return registry; };
  const r1 = reg(), r2 = reg();
  const V: Record<string, () => object> = { never: () => ({ yieldEvery: 'never' }), auto: () => ({}), empty: () => ({ callbacks: new Y(0) }), turns1: () => ({ callbacks: new Y(1) }), turns5: () => ({ callbacks: new Y(5) }),
    oursNoYield: () => ({ callbacks: fitMetrics(tf as any, { registry: r1, yieldEverySeconds: false }) }), ours: () => ({ callbacks: fitMetrics(tf as any, { registry: r2 }) }) };
  const cs = Object.entries(V).map(([name, args]) => { const f = makeFit(tf, { inputs: 16, units: 32, steps }); return { name, run: async () => void (await f(args() as never)) }; });
  const t = await interleave(cs, { rounds, times: steps });
  return { times: [...t], turns: turns.map((a) => { const s = a.toSorted((x, y) => x - y); return [s.length, s[s.length >> 1], s.at(-1)]; }) };
}
Object.assign(globalThis, { go });
