import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { GrafanaAccess, QueryResult } from './grafana-client.ts';

const TOKEN = 'glsa_scripted';

/** What was sent to Grafana, by method and path. */
export interface Sent {
  readonly what: string;
  readonly body: unknown;
}

export interface ScriptedGrafana extends GrafanaAccess {
  readonly sent: readonly Sent[];
  stop(): Promise<void>;
}

/** What a query finds, by its expression; what is not here finds a number. */
export type Answers = Readonly<Record<string, QueryResult>>;

/** What a panel shows, by its title. */
export type ShownTexts = Readonly<Record<string, 'error' | 'No data' | 'loading' | (string & {})>>;

/** Plays the part of Grafana's API and pages that is asked here: its answers have the shapes of Grafana's. */
export async function startScriptedGrafana(answers: Answers, shown: ShownTexts): Promise<ScriptedGrafana> {
  const sent: Sent[] = [];
  const known = new Set<string>();

  async function answer(request: IncomingMessage): Promise<{ status: number; body: string | object }> {
    const { method = '', url = '', headers } = request;
    const [path = ''] = url.split('?');
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { message: 'Unauthorized' } };
    if (path.startsWith('/d/')) return { status: 200, body: pageOf(shown) };
    const body = method === 'GET' ? undefined : await json(request);
    sent.push({ what: `${method} ${path}`, body });
    const isKnown = known.has(path);
    if (method === 'GET') return isKnown ? { status: 200, body: {} } : { status: 404, body: { message: 'Data source not found' } };
    if (path === '/api/ds/query') return queried(body as Queries, answers);
    if (path === '/api/folders' && isKnown) return { status: 412, body: { message: 'the folder has been changed by someone else' } };
    known.add(path === '/api/datasources' ? `/api/datasources/uid/${(body as { uid: string }).uid}` : path);
    return { status: 200, body: {} };
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await answer(request);
    const isPage = typeof body === 'string';
    response.writeHead(status, { 'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json' });
    response.end(isPage ? body : JSON.stringify(body));
  }
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    sent,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Queries {
  readonly queries: readonly { readonly refId: string; readonly expr: string }[];
}

function queried({ queries }: Queries, answers: Answers): { status: number; body: object } {
  const results = Object.fromEntries(queries.map(({ refId, expr }) => [refId, answers[expr] ?? { status: 200, frames: [frameOf([1])] }]));
  return { status: Math.max(...Object.values(results).map(({ status = 200 }) => status)), body: { results } };
}

/** A frame of one series, whose values are numbers or, for NaN, null. */
export function frameOf(values: readonly (number | null)[]) {
  return { schema: { fields: [{ type: 'time' }, { type: 'number' }] }, data: { values: [values.map((_, i) => i), values] } };
}

/** As much of a dashboard's page as is looked at. */
function pageOf(shown: ShownTexts): string {
  const panels = Object.entries(shown).map(([title, text]) => {
    const error = text === 'error' ? '<button data-testid="data-testid Panel status error">!</button>' : '';
    return `<section data-testid="data-testid Panel header ${title}"><h2>${title}</h2>${error}<div>${text}</div></section>`;
  });
  return `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${panels.join('')}`;
}
