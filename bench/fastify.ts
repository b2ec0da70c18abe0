import autocannon from 'autocannon';
import { type ChildServers, startChildServers } from './fastify/child-servers.ts';
import { SERVER_NAMES, type ServerName, type Workload, WORKLOADS } from './fastify/server-pair.ts';
import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { type Spread, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';

const PROCESSES = 3;
const ROUNDS = 4;
const SECONDS = 1;
const CONNECTIONS = 50;

/** Of the second server of a pair, beside the first one, in each round. */
interface Figures {
  readonly perSecond: number[];
  readonly percentOfBare: number[];
  readonly moreCpuMicroseconds: number[];
}

interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

const MEASURED = ['inferencePlugin', 'inferenceHandler'] as const;
/** A digit as clients send it: most of the image is empty. */
const IMAGE = JSON.stringify(Array.from({ length: 784 }, (_, i) => (i % 5 === 0 ? (i * 37) % 256 : 0)));
const REQUESTS: Readonly<Record<Workload, Partial<autocannon.Options>>> = {
  digits: posted(IMAGE),
  iris: posted('[5.1,3.5,1.4,0.2]'),
  nothing: {},
};
const DOES: Readonly<Record<Workload, string>> = {
  digits: 'classifies digits',
  iris: 'classifies irises',
  nothing: 'does nothing',
};

const figuresOf = new Map<Workload, Map<ServerName, Figures>>();
for (const workload of WORKLOADS) {
  const figures = new Map<ServerName, Figures>(
    SERVER_NAMES.map((name) => [name, { perSecond: [], percentOfBare: [], moreCpuMicroseconds: [] }]),
  );
  for (let measured = 0; measured < PROCESSES; measured++) {
    for (const [name, ofName] of figures) await measurePair(name, workload, ofName);
  }
  figuresOf.set(workload, figures);
}

/** Two servers of a new process. */
async function measurePair(name: ServerName, workload: Workload, figures: Figures): Promise<void> {
  const servers = await startChildServers(name, workload);
  const { bareUrl, url } = servers;
  let answered = 0;
  // The first round is not measured.
  for (let round = 0; round <= ROUNDS; round++) {
    const loads = new Map<string, Load>();
    for (const one of round % 2 === 0 ? [bareUrl, url] : [url, bareUrl]) loads.set(one, await load(servers, one, workload));
    const [bare, second] = [loads.get(bareUrl) as Load, loads.get(url) as Load];
    answered += second.requests;
    if (round === 0) continue;
    figures.perSecond.push(second.perSecond);
    figures.percentOfBare.push((100 * second.perSecond) / bare.perSecond);
    figures.moreCpuMicroseconds.push(second.cpuMicroseconds - bare.cpuMicroseconds);
  }
  const { counted } = await servers.state();
  // Those that were cut off when a load ended had begun as well.
  const most = answered + (ROUNDS + 1) * CONNECTIONS;
  if (MEASURED.some((measured) => measured === name) && !(counted >= answered && counted <= most)) {
    throw new Error(`${name}: ${counted} requests counted, ${answered} answered`);
  }
  servers.stop();
}

function posted(body: string): Partial<autocannon.Options> {
  return { method: 'POST', body, headers: { 'content-type': 'application/json' } };
}

async function load(servers: ChildServers, url: string, workload: Workload): Promise<Load> {
  const before = await servers.state();
  const { requests, duration, non2xx, errors } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    ...REQUESTS[workload],
  });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx + errors} requests failed`);
  const { cpuMicroseconds } = await servers.state();
  return {
    requests: requests.total,
    perSecond: requests.total / duration,
    cpuMicroseconds: (cpuMicroseconds - before.cpuMicroseconds) / requests.total,
  };
}

function figures(workload: Workload, name: ServerName, of: keyof Figures): Spread {
  return spreadOf(figuresOf.get(workload)?.get(name)?.[of] ?? []);
}

present({
  title: 'A server under load',
  method: [
    `How many requests a second a Fastify server answers, with its requests measured and without. One classifies digits, images of 784 numbers (${(IMAGE.length / 1000).toFixed(1)} kB of JSON), by a network of two layers in TensorFlow.js on wasm. One asks a model of four numbers, the iris model of examples/serve-onnx, by onnxruntime: few models are faster. One does nothing but answer, which no model can; what measuring costs is seen best there. The clock alone is the least that measuring can be: it is read when a handler begins and when the response has been sent.`,
    `Both servers are of one process, because what the engine makes of a process differs by more than what is measured, and each of ${PROCESSES} processes has ${ROUNDS} rounds, in which autocannon asks one server after the other with ${CONNECTIONS} connections for ${SECONDS} s. What \`startMetrics\` takes of a process, resources among it, is in both. Another bare server in place of the measured one tells how far the figures can be trusted. In the end the metrics page has to hold all requests of the measured server.`,
    `With ${['fastify', 'onnxruntime-node', 'autocannon'].map(nameAndVersion).join(', ')}.`,
  ],
  tables: [
    {
      title: 'Targets',
      rows: WORKLOADS.flatMap((workload) =>
        MEASURED.map((name) =>
          targetRow({
            what: `${name}, a server that ${DOES[workload]}`,
            against: 'the bare server',
            atLeast: 98,
            unit: '% of its requests/s',
            measured: figures(workload, name, 'percentOfBare'),
          }),
        ),
      ),
    },
    ...WORKLOADS.map((workload) => ({
      title: `Beside a bare server that ${DOES[workload]}`,
      rows: SERVER_NAMES.map((what) => ({
        what,
        'requests/s': figures(workload, what, 'perSecond'),
        '% of the bare one': figures(workload, what, 'percentOfBare'),
        'CPU µs/request more': figures(workload, what, 'moreCpuMicroseconds'),
      })),
    })),
  ],
});
