import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { resultOfChild } from './measure/result-of-child.ts';
import { spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';
import { runMetrics } from './runs-heap/run-metrics.ts';
import type { Checkpoint, TrainerName } from './runs-heap/train-in-child.ts';
import { RUNS_KEPT, RUNS_PER_COLLECTION } from './runs-heap/trainer.ts';

const PROGRAM = new URL('./runs-heap/train-in-child.ts', import.meta.url);
const PROCESSES = 5;

function train(trainer: TrainerName): Promise<readonly Checkpoint[]> {
  return resultOfChild(PROGRAM, [trainer], { execArgv: ['--expose-gc'] });
}

function rows(what: string, processes: readonly (readonly Checkpoint[])[]) {
  return (processes[0] ?? []).map(({ runs }, i) => ({
    what,
    runs,
    'heap, MB': spreadOf(processes.map((checkpoints) => (checkpoints[i]?.heapBytes ?? NaN) / 1e6)),
    'series of runs exported, at most': Math.max(...processes.map((checkpoints) => checkpoints[i]?.seriesExported ?? NaN)),
  }));
}

const ours: (readonly Checkpoint[])[] = [];
for (let process = 0; process < PROCESSES; process++) ours.push(await train('modelmeter'));
const opentelemetry = [await train('opentelemetry')];

function heapAfter(runs: number, checkpoints: readonly Checkpoint[]): number {
  return checkpoints.find((checkpoint) => checkpoint.runs === runs)?.heapBytes ?? NaN;
}

/** Without the code that the engine compiles in the first thousand. */
function bytesPerRun(checkpoints: readonly Checkpoint[]): number {
  return (heapAfter(10_000, checkpoints) - heapAfter(1000, checkpoints)) / 9000;
}

const growth = ours.map((checkpoints) => heapAfter(10_000, checkpoints) / heapAfter(100, checkpoints));
const exported = ours.map((checkpoints) => checkpoints.at(-1)?.seriesExported ?? NaN);

present({
  title: 'Many runs',
  method: [
    `What a process holds after thousands of training runs. Each run begins, binds and sets the ${runMetrics.length} series that carry its id, adds to a counter and a histogram, and ends; after every ${RUNS_PER_COLLECTION} runs a Prometheus reader and a delta producer collect. The registry keeps ${RUNS_KEPT} ended runs, as it does by default. The heap is what V8 has in use after full collections, buffers outside of its heap included, above what it had before the library was loaded. Ours ran in ${PROCESSES} processes, one after another: medians, with the quartiles in brackets.`,
    `Beside it: ${nameAndVersion('@opentelemetry/sdk-metrics')} with a gauge for each metric and the run's id as an attribute, in one process.`,
  ],
  tables: [
    {
      title: 'Targets',
      rows: [
        targetRow({ what: 'heap after 10,000 runs', against: 'after 100', unit: '×', atMost: 1.05, measured: spreadOf(growth) }),
        targetRow({
          what: 'growth from 1,000 to 10,000 runs',
          against: `OpenTelemetry SDK: ${Math.round(spreadOf(opentelemetry.map(bytesPerRun)).median).toLocaleString('en-US')} bytes a run`,
          unit: 'bytes a run',
          measured: spreadOf(ours.map(bytesPerRun)),
        }),
        targetRow({
          what: 'series of runs exported',
          against: `${RUNS_KEPT} ended runs of ${runMetrics.length} series`,
          unit: 'series',
          atMost: RUNS_KEPT * runMetrics.length,
          measured: spreadOf(exported),
        }),
      ],
    },
    { title: 'Heap and series', rows: [...rows('modelmeter', ours), ...rows('OpenTelemetry SDK', opentelemetry)] },
  ],
});
