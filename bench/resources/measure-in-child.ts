import { setTimeout as sleep } from 'node:timers/promises';
import { blockProbe, cpuProbe, type Probe } from '../measure/process-probes.ts';
import { COLLECTORS, type CollectorName } from './collectors.ts';

// Collections in a process of its own, with the pauses that readers leave: argv is the collector. It tells its parent what they took and ends.

const WARM_UPS = 4;
const COLLECTIONS = 15;
const PAUSE_MILLISECONDS = 120;

export interface Collections {
  readonly series: number;
  /** Of the process, with what it does between collections, for each. */
  readonly cpuMilliseconds: number;
  /** The longest of each. */
  readonly blockMilliseconds: readonly number[];
}

process.on('disconnect', () => process.exit());
const collect = COLLECTORS[process.argv[2] as CollectorName]();
let series = 0;

async function collections(count: number, probe?: Probe): Promise<Readonly<Record<string, number>>[]> {
  const figures: Readonly<Record<string, number>>[] = [];
  for (let i = 0; i < count; i++) {
    await sleep(PAUSE_MILLISECONDS);
    await probe?.start();
    series = await collect();
    if (probe) figures.push(probe.stop());
  }
  return figures;
}

await collections(WARM_UPS);
const cpu = cpuProbe();
await cpu.start();
await collections(COLLECTIONS);
const { cpuMilliseconds = NaN } = cpu.stop();
const blocks = await collections(COLLECTIONS, blockProbe());
process.send?.({
  series,
  cpuMilliseconds: cpuMilliseconds / COLLECTIONS,
  blockMilliseconds: blocks.map(({ longestBlockMilliseconds = NaN }) => longestBlockMilliseconds),
} satisfies Collections);
