import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { resultOfChild } from './measure/result-of-child.ts';
import { ratioOf, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';
import { COLLECTORS, type CollectorName } from './resources/collectors.ts';
import type { Beginning } from './resources/begin-in-child.ts';
import type { Collections } from './resources/measure-in-child.ts';
import type { NvidiaSmiStarts } from './resources/start-nvidia-smi-in-child.ts';

const PROCESSES = 3;
const BEGINNINGS = 20;
const NVIDIA_SMI_PROCESSES = 5;
const programOf = (name: string) => new URL(`./resources/${name}.ts`, import.meta.url);
const NAMES = Object.keys(COLLECTORS) as CollectorName[];

const measured = new Map<CollectorName, Collections[]>(NAMES.map((name) => [name, []]));
for (let round = 0; round < PROCESSES; round++) {
  for (const name of NAMES) measured.get(name)?.push(await resultOfChild<Collections>(programOf('measure-in-child'), [name]));
}

const beginnings: Beginning[] = [];
while (beginnings.length < BEGINNINGS) beginnings.push(await resultOfChild<Beginning>(programOf('begin-in-child'), []));
const starts: NvidiaSmiStarts[] = [];
while (starts.length < NVIDIA_SMI_PROCESSES) {
  starts.push(await resultOfChild<NvidiaSmiStarts>(programOf('start-nvidia-smi-in-child'), []));
}

const of = (name: CollectorName) => measured.get(name) ?? [];
const cpu = (name: CollectorName) => of(name).map(({ cpuMilliseconds }) => cpuMilliseconds);
const blocks = (name: CollectorName) => spreadOf(of(name).flatMap(({ blockMilliseconds }) => blockMilliseconds));

const setUp = spreadOf(beginnings.map(({ setUpMilliseconds }) => setUpMilliseconds));
const firstCollection = spreadOf(beginnings.map(({ firstCollectionMilliseconds }) => firstCollectionMilliseconds));
const start = spreadOf(starts.map(({ startMilliseconds }) => startMilliseconds));

present({
  title: 'Resources beside the models',
  method: [
    `One collection of everything that a collector knows of process and machine. Each has ${PROCESSES} processes of its own, which collect with the pauses that readers leave; CPU is of all threads of the process, between collections as well; the block is the longest time between two turns of the event loop in a collection. Programs that a collector starts are not in its CPU: systeminformation starts some.`,
    `Set-up and the first collection are those of ${BEGINNINGS} fresh processes, without GPUs. nvidia-smi is a script in its place: it is started again in ${NVIDIA_SMI_PROCESSES} processes that hold a gigabyte of memory, by the shell that modelmeter has started before, and by \`child_process.spawn\`, which forks the whole process.`,
    `Peers: ${['@opentelemetry/instrumentation-host-metrics', '@opentelemetry/instrumentation-runtime-node', 'prom-client', 'systeminformation'].map(nameAndVersion).join(', ')}.`,
  ],
  tables: [
    {
      title: 'Targets',
      rows: [
        targetRow({ what: 'longest block of a collection', against: 'a limit', atMost: 1, unit: 'ms', measured: blocks('modelmeter') }),
        targetRow({ what: 'longest block of the first collection', against: 'a limit', atMost: 1, unit: 'ms', measured: firstCollection }),
        targetRow({ what: 'longest block of set-up', against: 'a limit', atMost: 1, unit: 'ms', measured: setUp }),
        targetRow({ what: 'longest block of a start of nvidia-smi', against: 'a limit', atMost: 1, unit: 'ms', measured: start }),
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
    {
      title: 'What blocks the event loop',
      rows: [
        {
          what: 'nothing, for as long as set-up takes',
          'longest block, ms': spreadOf(beginnings.map(({ idleMilliseconds }) => idleMilliseconds)),
        },
        { what: 'set-up', 'longest block, ms': setUp },
        {
          what: 'set-up of the shell that starts nvidia-smi, once, where there is one',
          'longest block, ms': spreadOf(starts.map(({ shellMilliseconds }) => shellMilliseconds)),
        },
        { what: 'first collection', 'longest block, ms': firstCollection },
        { what: 'later collections', 'longest block, ms': blocks('modelmeter') },
        { what: 'start of nvidia-smi at 1 GB', 'longest block, ms': start },
        {
          what: 'the same by child_process.spawn',
          'longest block, ms': spreadOf(starts.map(({ spawnMilliseconds }) => spawnMilliseconds)),
        },
      ],
    },
  ],
});
