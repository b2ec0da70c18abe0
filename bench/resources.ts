import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { resultOfChild } from './measure/result-of-child.ts';
import { ratioOf, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';
import { COLLECTORS, type CollectorName } from './resources/collectors.ts';
import type { Collections } from './resources/measure-in-child.ts';

const PROCESSES = 3;
const PROGRAM = new URL('./resources/measure-in-child.ts', import.meta.url);
const NAMES = Object.keys(COLLECTORS) as CollectorName[];

const measured = new Map<CollectorName, Collections[]>(NAMES.map((name) => [name, []]));
for (let round = 0; round < PROCESSES; round++) {
  for (const name of NAMES) measured.get(name)?.push(await resultOfChild<Collections>(PROGRAM, [name]));
}

const of = (name: CollectorName) => measured.get(name) ?? [];
const cpu = (name: CollectorName) => of(name).map(({ cpuMilliseconds }) => cpuMilliseconds);
const blocks = (name: CollectorName) => spreadOf(of(name).flatMap(({ blockMilliseconds }) => blockMilliseconds));

present({
  title: 'Resources beside the models',
  method: [
    `One collection of everything that a collector knows of process and machine. Each has ${PROCESSES} processes of its own, which collect with the pauses that readers leave; CPU is of all threads of the process, between collections as well; the block is the longest time between two turns of the event loop in a collection. Programs that a collector starts are not in its CPU: systeminformation starts some.`,
    `Peers: ${['@opentelemetry/instrumentation-host-metrics', '@opentelemetry/instrumentation-runtime-node', 'prom-client', 'systeminformation'].map(nameAndVersion).join(', ')}.`,
  ],
  tables: [
    {
      title: 'Targets',
      rows: [
        targetRow({ what: 'longest block of a collection', against: 'a limit', atMost: 1, unit: 'ms', measured: blocks('modelmeter') }),
        targetRow({
          what: 'CPU of a collection',
          against: 'host-metrics + runtime-node',
          atLeast: 5,
          unit: '× less',
          measured: ratioOf(cpu('host-metrics + runtime-node'), cpu('modelmeter')),
        }),
        targetRow({
          what: 'CPU of a collection, with runtime-node',
          against: 'host-metrics + runtime-node',
          unit: '× less',
          measured: ratioOf(cpu('host-metrics + runtime-node'), cpu('modelmeter + runtime-node')),
        }),
      ],
    },
    {
      title: 'One collection',
      rows: NAMES.map((name) => ({
        what: name,
        'CPU, ms': spreadOf(cpu(name)),
        'longest block, ms': blocks(name),
        series: Math.max(...of(name).map(({ series }) => series)),
      })),
    },
  ],
});
