import autocannon from 'autocannon';
import { type ChildServer, startChildServer } from './fastify/child-server.ts';
import { image } from './fastify/classify-digit.ts';
import { SERVER_NAMES, type ServerName, type Workload, WORKLOADS } from './fastify/server-name.ts';
import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { ratioOf, type Spread, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';

const SETS: Readonly<Record<Workload, number>> = { digits: 16, nothing: 6 };
const ROUNDS = 2;
const SECONDS = 1;
const CONNECTIONS = 50;

interface Figures {
  readonly perSecond: number[];
  readonly cpuMicroseconds: number[];
}

type AllFigures = ReadonlyMap<ServerName, Figures>;

const MEASURED = ['inferencePlugin', 'inferenceHandler'] as const;
const BODY = JSON.stringify({ image });
const REQUESTS: Readonly<Record<Workload, Partial<autocannon.Options>>> = {
  digits: { method: 'POST', body: BODY, headers: { 'content-type': 'application/json' } },
  nothing: {},
};

const figuresOf = new Map<Workload, AllFigures>();
for (const workload of WORKLOADS) {
  const figures: AllFigures = new Map(SERVER_NAMES.map((name) => [name, { perSecond: [], cpuMicroseconds: [] }]));
  for (let set = 0; set < SETS[workload]; set++) await measureSet(workload, figures);
  figuresOf.set(workload, figures);
}

/** Servers of new processes: what the engine and the system make of one stays with it, and differs by more than what is measured. */
async function measureSet(workload: Workload, figures: AllFigures): Promise<void> {
  const servers: ChildServer[] = [];
  for (const name of SERVER_NAMES) servers.push(await startChildServer(name, workload));
  const answered = new Map<ServerName, number>();
  for (const server of servers) answered.set(server.name, await load(server, workload));
  for (let round = 0; round < ROUNDS; round++) {
    const order = servers.map((server) => ({ server, place: Math.random() })).toSorted((one, other) => one.place - other.place);
    for (const { server } of order) {
      answered.set(server.name, (answered.get(server.name) ?? 0) + (await load(server, workload, figures.get(server.name))));
    }
  }
  for (const server of servers) {
    const { counted } = await server.state();
    const least = answered.get(server.name) ?? 0;
    // Those that were cut off when a load ended had begun as well.
    const most = least + (ROUNDS + 1) * CONNECTIONS;
    if (MEASURED.some((name) => name === server.name) && !(counted >= least && counted <= most)) {
      throw new Error(`${server.name}: ${counted} requests counted, ${least} answered`);
    }
    server.stop();
  }
}

/** @returns how many requests were answered. */
async function load(server: ChildServer, workload: Workload, measured?: Figures): Promise<number> {
  const before = await server.state();
  const options = { url: server.url, connections: CONNECTIONS, duration: SECONDS, ...REQUESTS[workload] };
  const { requests, duration, non2xx, errors } = await autocannon(options);
  if (non2xx + errors > 0) throw new Error(`${server.name}: ${non2xx + errors} requests failed`);
  measured?.perSecond.push(requests.total / duration);
  measured?.cpuMicroseconds.push(((await server.state()).cpuMicroseconds - before.cpuMicroseconds) / requests.total);
  return requests.total;
}

function percentOfBare(workload: Workload, name: ServerName): Spread {
  const perSecond = (server: ServerName) => figuresOf.get(workload)?.get(server)?.perSecond ?? [];
  const ratio = ratioOf(perSecond(name), perSecond('bare'));
  const percent = (share: number) => 100 * share;
  const { median, lowerQuartile, upperQuartile, least, most } = ratio;
  return {
    ...ratio,
    median: percent(median),
    lowerQuartile: percent(lowerQuartile),
    upperQuartile: percent(upperQuartile),
    least: percent(least),
    most: percent(most),
  };
}

const DOES: Readonly<Record<Workload, string>> = { digits: 'classifies digits', nothing: 'does nothing' };

present({
  title: 'A server under load',
  method: [
    `How many requests a second a Fastify server answers, bare and with its requests measured. It reads an image of 784 numbers (${(BODY.length / 1000).toFixed(1)} kB of JSON) and classifies it by one layer in plain JavaScript. Another one does nothing but answer, which no model is as fast as: what measuring costs is seen best there. The clock alone is the least that measuring can cost: it is read when a handler begins and when the response has been sent.`,
    `Each server has a process of its own, and there are ${SETS.digits} sets of new ones (of those that do nothing ${SETS.nothing}), because what the engine makes of a process stays with it and differs by more than what is measured. autocannon asks with ${CONNECTIONS} connections for ${SECONDS} s at a time, ${ROUNDS} rounds of each set, in a random order; percentages are within each round. The metrics of a measured server are those of \`startMetrics\`, resources among them, and in the end its page has to hold all of its requests.`,
    `With ${['fastify', 'autocannon'].map(nameAndVersion).join(', ')}.`,
  ],
  tables: [
    {
      title: 'Targets',
      rows: MEASURED.map((name) =>
        targetRow({
          what: `${name}, a server that ${DOES.digits}`,
          against: 'bare',
          atLeast: 98,
          unit: '% of its requests/s',
          measured: percentOfBare('digits', name),
        }),
      ),
    },
    ...WORKLOADS.map((workload) => ({
      title: `Requests a second of a server that ${DOES[workload]}, and what each takes of the CPU`,
      rows: SERVER_NAMES.map((what) => {
        const { perSecond = [], cpuMicroseconds = [] } = figuresOf.get(workload)?.get(what) ?? {};
        return {
          what,
          'requests/s': spreadOf(perSecond),
          '% of bare': percentOfBare(workload, what),
          'CPU µs/request': spreadOf(cpuMicroseconds),
        };
      }),
    })),
  ],
});
