import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import type { Table } from './measure/section.ts';
import { ratioOf, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';
import { measureScrapes, OTEL, OURS, PROM_CLIENT, type Scrapes } from './scrape/measure-scrapes.ts';

const SIZES = [
  { lines: 1000, warmUps: 200, rounds: 31, heapRounds: 5 },
  { lines: 10_000, warmUps: 20, rounds: 21, heapRounds: 5 },
  { lines: 100_000, warmUps: 6, rounds: 15, heapRounds: 5 },
];

const results: { lines: number; scrapes: readonly Scrapes[] }[] = [];
for (const { lines, ...counts } of SIZES) results.push({ lines, scrapes: await measureScrapes(lines, counts) });

function named(scrapes: readonly Scrapes[], name: string): Scrapes {
  const found = scrapes.find((one) => one.name === name);
  if (!found) throw new Error(`${name} was not measured`);
  return found;
}

const targets = results.flatMap(({ lines, scrapes }) => {
  const ours = named(scrapes, OURS);
  const size = `${lines.toLocaleString('en-US')} lines`;
  const cheaper = (peer: string, atLeast: number) =>
    targetRow({
      what: `CPU, ${size}`,
      against: peer,
      unit: '× less',
      measured: ratioOf(named(scrapes, peer).cpuMilliseconds, ours.cpuMilliseconds),
      ...(lines === 100_000 ? { atLeast } : {}),
    });
  const block = targetRow({
    what: `longest block, ${size}`,
    against: 'a limit',
    unit: 'ms',
    measured: spreadOf(ours.longestBlockMilliseconds),
    atMost: 20,
  });
  return [cheaper(OTEL, 15), cheaper(PROM_CLIENT, 6), block];
});

const tables: Table[] = results.map(({ lines, scrapes }) => ({
  title: `A page of ${lines.toLocaleString('en-US')} lines`,
  rows: scrapes.map((one) => ({
    server: one.name,
    'CPU, ms': spreadOf(one.cpuMilliseconds),
    'longest block, ms': spreadOf(one.longestBlockMilliseconds),
    'peak heap, MB': spreadOf(one.peakMegabytes),
    'heap at rest, MB': spreadOf(one.restMegabytes),
    'CPU of the first scrape, ms': one.firstCpuMilliseconds,
    'sent, MB': one.megabytesSent,
  })),
}));

present({
  title: 'Scraping',
  method: [
    'What one scrape costs the process that is scraped. Each server runs in a process of its own and is scraped over HTTP on the loopback interface by another process, in turn with the others, after scrapes that warm it up. Half of the lines come from histograms with 15 bounds, a quarter each from counters and gauges; every series has three attributes, at most 250 series share a metric, and every series gets a new value before each scrape. The first page of each server is checked for all of its values. Figures are medians over the rounds, with the quartiles in brackets; a ratio is taken within each round.',
    'CPU is that of all threads of the serving process (`process.cpuUsage()`) from before the request until the client has the whole page. The longest block is the longest time between two turns of the event loop, seen by an immediate in every turn. The peak of the heap is what V8 had in use, buffers outside of its heap included, before each garbage collection during the scrape and after it, above what the process had before the library was loaded; a full collection comes first, and what is left then is the heap at rest. Each of the three has scrapes of its own, because watching one disturbs the others.',
    `Peers: ${['@opentelemetry/exporter-prometheus', 'prom-client'].map(nameAndVersion).join(', ')}, uncompressed as they serve. The finished page is the floor: what Node takes to send bytes that are ready.`,
  ],
  tables: [{ title: 'Targets', rows: targets }, ...tables],
});
