import { bytesUsedAtRest } from '../measure/heap.ts';
import { RUNS_PER_COLLECTION, type Trainer } from './trainer.ts';

// Many runs in a process of its own: argv is what keeps the metrics. It tells its parent what it found and ends.

const trainers = {
  modelmeter: async () => (await import('./modelmeter-trainer.ts')).modelmeterTrainer(),
  opentelemetry: async () => (await import('./opentelemetry-trainer.ts')).opentelemetryTrainer(),
};

export type TrainerName = keyof typeof trainers;

const CHECKPOINTS = [100, 1000, 2500, 5000, 10_000];

/** What a process holds after so many runs. */
export interface Checkpoint {
  readonly runs: number;
  /** More than before the library was loaded. */
  readonly heapBytes: number;
  /** The most of any collection so far. */
  readonly seriesExported: number;
}

async function train(trainer: Trainer, emptyBytes: number): Promise<readonly Checkpoint[]> {
  const checkpoints: Checkpoint[] = [];
  let seriesExported = 0;
  let run = 0;
  for (const runs of CHECKPOINTS) {
    while (run < runs) {
      trainer.run(++run);
      if (run % RUNS_PER_COLLECTION === 0) seriesExported = Math.max(seriesExported, await trainer.collect());
    }
    checkpoints.push({ runs, heapBytes: (await bytesUsedAtRest()) - emptyBytes, seriesExported });
  }
  return checkpoints;
}

process.on('disconnect', () => process.exit());
const emptyBytes = await bytesUsedAtRest();
const trainer = await trainers[process.argv[2] as TrainerName]();
process.send?.(await train(trainer, emptyBytes));
