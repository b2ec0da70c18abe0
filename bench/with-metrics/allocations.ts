import { Registry } from '@modelmeter/core';
import { withMetrics } from '@modelmeter/inference';
import { bytesUsed } from '../measure/heap.ts';
import { noOps, sink } from './no-ops.ts';

// What calls allocate: argv is the contender and the number of calls. The young generation is larger than what all of them take, so that nothing is
// collected while they run and the heap grows by exactly that. It tells its parent the bytes for each call and ends.

const WARM_UP_CALLS = 300_000;

const { sync } = noOps();

function callsWithClock(times: number): void {
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    sink.sum += sync(i & 1023);
    sink.sum += performance.now() - start;
  }
}

function wrappedCalls(): (times: number) => void {
  const registry = new Registry();
  registry.producer();
  const wrapped = withMetrics(sync, { model: 'digits', registry });
  return (times) => {
    for (let i = 0; i < times; i++) sink.sum += wrapped(i & 1023);
  };
}

const [contender, calls] = process.argv.slice(2) as ['clock' | 'withMetrics', string];
const run = contender === 'clock' ? callsWithClock : wrappedCalls();
run(WARM_UP_CALLS);
run(WARM_UP_CALLS);
globalThis.gc?.();
const before = bytesUsed();
run(Number(calls));
process.send?.((bytesUsed() - before) / Number(calls));
