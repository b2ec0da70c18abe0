import type { Served } from './implementation.ts';
import type { Probe } from '../measure/process-probes.ts';
import { type ProbeName, probes } from './probes.ts';
import { workload } from './workload.ts';

// One implementation in a process of its own: argv is its name and the lines of the page. It ends with its parent.

const implementations = {
  modelmeter: () => import('./serve-modelmeter.ts'),
  opentelemetry: () => import('./serve-opentelemetry.ts'),
  promClient: () => import('./serve-prom-client.ts'),
  preparedPage: () => import('./serve-prepared-page.ts'),
};

export type ImplementationName = keyof typeof implementations;

/** What the parent asks, each answered with an {@link Answer}. */
export type Request =
  | { readonly ask: 'update'; readonly update: number }
  | { readonly ask: 'start'; readonly probe: ProbeName }
  | { readonly ask: 'stop' };

export interface Answer {
  readonly url?: string;
  readonly figures?: Readonly<Record<string, number>>;
}

const [name, lines] = process.argv.slice(2);
const { serve } = await implementations[name as ImplementationName]();
const { url, update }: Served = await serve(workload(Number(lines)));
let probe: Probe | undefined;

async function answer(request: Request): Promise<Answer> {
  switch (request.ask) {
    case 'update':
      update(request.update);
      return {};
    case 'start':
      probe = probes[request.probe]();
      await probe.start();
      return {};
    case 'stop':
      return { figures: probe?.stop() ?? {} };
  }
}

process.on('message', (request: Request) => void answer(request).then((answered) => process.send?.(answered)));
process.on('disconnect', () => process.exit());
process.send?.({ url } satisfies Answer);
