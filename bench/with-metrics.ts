import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { resultOfChild } from './measure/result-of-child.ts';
import { ratioOf, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';
import { AUTOMETRICS } from './with-metrics/autometrics-contenders.ts';
import type { Group } from './with-metrics/measure-in-child.ts';
import { OURS, OURS_WITH_MORE } from './with-metrics/modelmeter-contenders.ts';
import { BARE, CLOCK_PAIR } from './with-metrics/no-ops.ts';
import { OTEL } from './with-metrics/opentelemetry-contenders.ts';
import { PROM_CLIENT } from './with-metrics/prom-client-contenders.ts';

const ROUNDS = 41;
const PROCESSES = 5;
const CALLS = 10_000_000;
/** Room for what all calls allocate. */
const YOUNG_GENERATION_MEGABYTES = 1024;

type Figures = ReadonlyMap<string, readonly number[]>;

async function measure(group: Group): Promise<Figures> {
  const program = new URL('./with-metrics/measure-in-child.ts', import.meta.url);
  return new Map(await resultOfChild<[string, number[]][]>(program, [group, String(ROUNDS)]));
}

/** What wrapping adds to a call, round by round, in nanoseconds. */
function overhead(figures: Figures, contender: string, kind: keyof typeof BARE): readonly number[] {
  const bare = figures.get(BARE[kind]) ?? [];
  return (figures.get(contender) ?? []).map((nanoseconds, round) => nanoseconds - (bare[round] ?? NaN));
}

/** What two readings of the clock add, beside which processes can be compared. */
const clockPair = (figures: Figures) => overhead(figures, CLOCK_PAIR, 'sync');

const wrappers = await measure('wrappers');
const autometrics = await measure('autometrics');
const more = await measure('more');

async function bytesPerCall(contender: 'clock' | 'withMetrics'): Promise<readonly number[]> {
  const program = new URL('./with-metrics/allocations.ts', import.meta.url);
  const execArgv = [
    '--expose-gc',
    `--max-semi-space-size=${YOUNG_GENERATION_MEGABYTES}`,
    `--min-semi-space-size=${YOUNG_GENERATION_MEGABYTES}`,
  ];
  const bytes: number[] = [];
  for (let process = 0; process < PROCESSES; process++)
    bytes.push(await resultOfChild<number>(program, [contender, String(CALLS)], { execArgv }));
  return bytes;
}

const clockBytes = await bytesPerCall('clock');
const ourBytes = await bytesPerCall('withMetrics');

const kinds = ['sync', 'async'] as const;
const peers = kinds.flatMap((kind) => {
  const ours = overhead(wrappers, OURS[kind], kind);
  const oursByClock = spreadOf(ours.map((one, round) => one / (clockPair(wrappers)[round] ?? NaN))).median;
  const autometricsByClock = overhead(autometrics, AUTOMETRICS[kind], kind).map(
    (one, round) => one / (clockPair(autometrics)[round] ?? NaN),
  );
  return [
    { what: OURS[kind], against: PROM_CLIENT[kind], atLeast: 5, measured: ratioOf(overhead(wrappers, PROM_CLIENT[kind], kind), ours) },
    { what: OURS[kind], against: AUTOMETRICS[kind], atLeast: 5, measured: spreadOf(autometricsByClock.map((one) => one / oursByClock)) },
    { what: OURS[kind], against: OTEL[kind], atLeast: 8, measured: ratioOf(overhead(wrappers, OTEL[kind], kind), ours) },
  ].map((row) => targetRow({ ...row, unit: '× less overhead' }));
});

function row(figures: Figures, what: string, kind: keyof typeof BARE) {
  const added = overhead(figures, what, kind);
  return { what, 'overhead, ns': spreadOf(added), '× clock pair': ratioOf(added, clockPair(figures)) };
}

present({
  title: 'Wrapping a function',
  method: [
    `What it adds to a call that does nothing, to have it measured: duration, requests in flight, errors. \`withMetrics\` against the same by hand with a counter, a histogram and a gauge, and against autometrics. The bare function, two readings of the clock and all wrappers of a table run in one process, a batch of about 8 ms each in each of ${ROUNDS} rounds, in a random order; the overhead is a wrapper's time less that of the bare function in the same round. Each wrapper has functions and loops of its own, and all calls are read back in the end.`,
    `autometrics follows calls through promises, which makes all promises of a Node 22 process slower, and so do we where a model has several wrappers: these are measured in processes of their own, and compared by way of the clock pair, which is in each.`,
    `Allocations are counted in processes whose young generation has ${YOUNG_GENERATION_MEGABYTES} MB, so that nothing is collected: what the heap has grown by in ${CALLS.toLocaleString('en')} calls.`,
    `Peers: ${['prom-client', '@autometrics/autometrics', '@opentelemetry/sdk-metrics'].map(nameAndVersion).join(', ')}.`,
  ],
  tables: [
    {
      title: 'Targets',
      rows: [
        ...peers,
        targetRow({
          what: OURS.sync,
          against: CLOCK_PAIR,
          atMost: 2,
          unit: '×',
          measured: ratioOf(overhead(wrappers, OURS.sync, 'sync'), clockPair(wrappers)),
        }),
        targetRow({
          what: 'bytes for a call of withMetrics',
          against: CLOCK_PAIR,
          atMost: 1,
          unit: '×',
          measured: ratioOf(ourBytes, clockBytes),
        }),
      ],
    },
    {
      title: 'What it adds to a call',
      rows: [
        row(wrappers, CLOCK_PAIR, 'sync'),
        ...[OURS, PROM_CLIENT, OTEL].flatMap((names) => kinds.map((kind) => row(wrappers, names[kind], kind))),
        ...kinds.map((kind) => row(autometrics, AUTOMETRICS[kind], kind)),
        ...Object.values(OURS_WITH_MORE).map((name) => row(more, name, 'sync')),
      ],
    },
    {
      title: 'Bytes that a call allocates',
      rows: [
        { what: CLOCK_PAIR, bytes: spreadOf(clockBytes) },
        { what: OURS.sync, bytes: spreadOf(ourBytes) },
      ],
    },
  ],
});
