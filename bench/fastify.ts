import autocannon from 'autocannon';
import { type ChildServer, startChildServer } from './fastify/child-server.ts';
import { SERVER_NAMES, type ServerName } from './fastify/server-name.ts';
import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { ratioOf, type Spread, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';

const SETS = 7;
const ROUNDS = 2;
const SECONDS = 1;
const CONNECTIONS = 50;

interface Figures {
  readonly perSecond: number[];
  readonly cpuMicroseconds: number[];
}

const figures = new Map<ServerName, Figures>(SERVER_NAMES.map((name) => [name, { perSecond: [], cpuMicroseconds: [] }]));
for (let set = 0; set < SETS; set++) await measureSet();

/** Servers of new processes: what the engine and the system make of one stays with it, and differs by more than what is measured. */
async function measureSet(): Promise<void> {
  const servers: ChildServer[] = [];
  for (const name of SERVER_NAMES) servers.push(await startChildServer(name));
  const answered = new Map<ServerName, number>();
  for (const server of servers) answered.set(server.name, await load(server));
  for (let round = 0; round < ROUNDS; round++) {
    const order = servers.map((server) => ({ server, place: Math.random() })).toSorted((one, other) => one.place - other.place);
    for (const { server } of order) {
      answered.set(server.name, (answered.get(server.name) ?? 0) + (await load(server, figures.get(server.name))));
    }
  }
  for (const server of servers) {
    const { counted } = await server.state();
    const least = answered.get(server.name) ?? 0;
    // Those that were cut off when a load ended had begun as well.
    const most = least + (ROUNDS + 1) * CONNECTIONS;
    if (server.name !== 'bare' && !(counted >= least && counted <= most)) {
      throw new Error(`${server.name}: ${counted} requests counted, ${least} answered`);
    }
    server.stop();
  }
}

/** @returns how many requests were answered. */
async function load(server: ChildServer, measured?: Figures): Promise<number> {
  const before = await server.state();
  const { requests, duration, non2xx, errors } = await autocannon({ url: server.url, connections: CONNECTIONS, duration: SECONDS });
  if (non2xx + errors > 0) throw new Error(`${server.name}: ${non2xx + errors} requests failed`);
  measured?.perSecond.push(requests.total / duration);
  measured?.cpuMicroseconds.push(((await server.state()).cpuMicroseconds - before.cpuMicroseconds) / requests.total);
  return requests.total;
}

const percentOfBare = (name: ServerName): Spread => {
  const ratio = ratioOf(figures.get(name)?.perSecond ?? [], figures.get('bare')?.perSecond ?? []);
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
};

present({
  title: 'A server under load',
  method: [
    `How many requests a second a Fastify server answers that does nothing else than answer, bare and with its requests measured. Each server has a process of its own, and there are ${SETS} sets of new ones, because what the engine makes of a process stays with it and differs by more than what is measured. autocannon asks with ${CONNECTIONS} connections for ${SECONDS} s at a time, ${ROUNDS} rounds of each set, in a random order; percentages are within each round. In the end the metrics page of a measured server has to hold all of its requests.`,
    `With ${['fastify', 'autocannon'].map(nameAndVersion).join(', ')}.`,
  ],
  tables: [
    {
      title: 'Targets',
      rows: (['inferencePlugin', 'inferenceHandler'] as const).map((what) =>
        targetRow({ what, against: 'bare', atLeast: 98, unit: '% of its requests/s', measured: percentOfBare(what) }),
      ),
    },
    {
      title: 'Requests a second, and what each takes of the CPU',
      rows: SERVER_NAMES.map((what) => ({
        what,
        'requests/s': spreadOf(figures.get(what)?.perSecond ?? []),
        '% of bare': percentOfBare(what),
        'CPU µs/request': spreadOf(figures.get(what)?.cpuMicroseconds ?? []),
      })),
    },
  ],
});
