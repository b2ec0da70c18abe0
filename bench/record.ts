import { nameAndVersion } from './measure/installed-version.ts';
import { interleave } from './measure/interleave.ts';
import { present } from './measure/present.ts';
import { ratioOf, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';
import { CLOCK_PAIR, clockContenders } from './record/clock.ts';
import { VALUES_A_TURN } from './record/in-turns.ts';
import { modelmeterContenders, OURS } from './record/modelmeter-contenders.ts';
import { OTEL, opentelemetryContenders } from './record/opentelemetry-contenders.ts';
import { PROM_CLIENT, promClientContenders } from './record/prom-client-contenders.ts';
import { PROMETHEUS_IO_CLIENT, prometheusIoClientContenders } from './record/prometheus-io-client-contenders.ts';
import { BOUNDS } from './record/values.ts';

const ROUNDS = 41;

const contenders = [
  ...clockContenders,
  ...modelmeterContenders(),
  ...promClientContenders(),
  ...prometheusIoClientContenders(),
  ...opentelemetryContenders(),
];
const nanoseconds = await interleave(contenders, { rounds: ROUNDS });
const of = (name: string) => nanoseconds.get(name) ?? [];
const pairs = (name: string) => ratioOf(of(name), of(CLOCK_PAIR));

const limits = [
  ...[OURS.counter, OURS.counter3, OURS.unreadCounter3].map((what) => ({ what, atMost: 0.05 })),
  ...[OURS.histogram, OURS.histogram3, OURS.unreadHistogram3].map((what) => ({ what, atMost: 0.2 })),
].map((limit) => targetRow({ ...limit, against: CLOCK_PAIR, unit: '×', measured: pairs(limit.what) }));

const peers = [
  { peer: PROM_CLIENT, atLeast: 20 },
  { peer: PROMETHEUS_IO_CLIENT, atLeast: 20 },
  { peer: OTEL, atLeast: 40 },
].flatMap(({ peer, atLeast }) =>
  [
    { what: OURS.counter3, against: peer.counter },
    { what: OURS.histogram3, against: peer.histogram },
  ].map(({ what, against }) => targetRow({ what, against, atLeast, unit: '× cheaper', measured: ratioOf(of(against), of(what)) })),
);

present({
  title: 'Recording',
  method: [
    `What one call costs that records one value. All contenders run in one process, a batch of about 8 ms each in each of ${ROUNDS} rounds, in a random order. Figures are medians over the rounds, with the quartiles in brackets; a ratio is taken within each round. The loop itself, which reads the value from an array, is part of every figure.`,
    `Histograms have ${BOUNDS.length} bounds, and their values fall into all buckets without a pattern. Our registry is read by a producer, except where the table says that there is no reader yet; it then looks for one while it records, so these values come in turns of ${VALUES_A_TURN}, because it stops looking in longer loops. After the last round each series is collected the way its library exports it, and has to hold as many values as were recorded.`,
    `Peers: ${['prom-client', '@prometheus-io/client', '@opentelemetry/sdk-metrics'].map(nameAndVersion).join(', ')}.`,
  ],
  tables: [
    { title: 'Targets', rows: [...limits, ...peers] },
    {
      title: 'Time for one value',
      rows: contenders.map(({ name }) => ({ what: name, ns: spreadOf(of(name)), [`× ${CLOCK_PAIR}`]: pairs(name) })),
    },
  ],
});
