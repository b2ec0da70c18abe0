import { checkPage } from './check-page.ts';
import { ChildServer } from './child-server.ts';
import type { ProbeName } from './probes.ts';
import type { ImplementationName } from './serve-in-child.ts';
import { workload } from './workload.ts';

// What Prometheus sends; peers answer with the same text whatever is asked.
const TEXT = { accept: 'text/plain;version=0.0.4' };

export const OURS = 'modelmeter';
export const OTEL = 'OpenTelemetry exporter-prometheus';
export const PROM_CLIENT = 'prom-client';

const CONTENDERS: readonly { name: string; implementation: ImplementationName; headers: Readonly<Record<string, string>> }[] = [
  { name: OURS, implementation: 'modelmeter', headers: TEXT },
  { name: 'modelmeter, compressed with gzip', implementation: 'modelmeter', headers: { ...TEXT, 'accept-encoding': 'gzip' } },
  { name: PROM_CLIENT, implementation: 'promClient', headers: TEXT },
  { name: OTEL, implementation: 'opentelemetry', headers: TEXT },
  { name: 'a finished page, sent as it is', implementation: 'preparedPage', headers: TEXT },
];

interface Contender {
  readonly name: string;
  readonly server: ChildServer;
  first: number;
  bytes: number;
  readonly figures: Map<string, number[]>;
}

/** What scrapes of one implementation took, a figure per round. */
export interface Scrapes {
  readonly name: string;
  readonly megabytesSent: number;
  readonly firstCpuMilliseconds: number;
  readonly cpuMilliseconds: readonly number[];
  readonly longestBlockMilliseconds: readonly number[];
  readonly restMegabytes: readonly number[];
  readonly peakMegabytes: readonly number[];
}

export interface Rounds {
  /** Scrapes of each implementation before anything is measured. */
  readonly warmUps: number;
  readonly rounds: number;
  readonly heapRounds: number;
}

/**
 * Scrapes each implementation in turn. Every probe has scrapes of its own, because one would disturb another; those of the heap come last, so
 * that the collections that they force do not spare the others theirs.
 */
export async function measureScrapes(lines: number, { warmUps, rounds, heapRounds }: Rounds): Promise<readonly Scrapes[]> {
  const plan = workload(lines);
  const contenders: Contender[] = [];
  try {
    for (const { name, implementation, headers } of CONTENDERS) {
      contenders.push({ name, server: await ChildServer.start(implementation, lines, headers), first: NaN, bytes: 0, figures: new Map() });
    }
    for (const contender of contenders) {
      const { page, figures } = await contender.server.scrape('cpu');
      contender.first = figures['cpuMilliseconds'] ?? NaN;
      contender.bytes = page.bytesSent;
      checkPage(await page.text(), plan, contender.server.updates);
      for (let warmUp = 0; warmUp < warmUps; warmUp++) await contender.server.scrape('cpu');
    }
    for (let round = 0; round < rounds; round++) await scrapeInTurn(contenders, round, ['cpu', 'block']);
    for (let round = 0; round < heapRounds; round++) await scrapeInTurn(contenders, round, ['heap']);
  } finally {
    await Promise.all(contenders.map(({ server }) => server.end()));
  }
  return contenders.map(({ name, first, bytes, figures }) => ({
    name,
    megabytesSent: bytes / 1e6,
    firstCpuMilliseconds: first,
    cpuMilliseconds: figures.get('cpuMilliseconds') ?? [],
    longestBlockMilliseconds: figures.get('longestBlockMilliseconds') ?? [],
    restMegabytes: figures.get('restMegabytes') ?? [],
    peakMegabytes: figures.get('peakMegabytes') ?? [],
  }));
}

async function scrapeInTurn(contenders: readonly Contender[], round: number, probes: readonly ProbeName[]): Promise<void> {
  for (let turn = 0; turn < contenders.length; turn++) {
    const { server, figures } = contenders[(round + turn) % contenders.length] as Contender;
    for (const probe of probes) {
      for (const [name, value] of Object.entries((await server.scrape(probe)).figures)) {
        figures.set(name, [...(figures.get(name) ?? []), value]);
      }
    }
  }
}
