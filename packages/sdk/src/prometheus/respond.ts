import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { finished, pipeline } from 'node:stream/promises';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { acceptedFormat, acceptsGzip } from './content-negotiation.ts';
import { CONTENT_TYPE } from './exposition-format.ts';
import { inSlices } from './in-slices.ts';
import type { Page } from './page.ts';
import { PageWriter } from './page-writer.ts';
import { pour } from './pour.ts';

/** With room for what a piece of the page comes to, so that a piece is one round of the thread pool. */
const GZIP = { level: constants.Z_BEST_SPEED, chunkSize: 128 * 1024 };

/** Answers a request for the page. Never rejects: an answer that can't be completed is cut off. */
export async function respond(request: IncomingMessage, response: ServerResponse, collect: () => Promise<Page>): Promise<void> {
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sayWhy(response, 405, 'Only GET and HEAD are answered.', { allow: 'GET, HEAD' });
      return;
    }
    const page = await collect().catch((error: unknown) => sayWhy(response, 500, `The metrics could not be collected. ${String(error)}`));
    if (page) await sendPage(request, response, page);
  } catch {
    response.destroy();
  }
}

/** Answers with a reason as plain text. */
export function sayWhy(response: ServerResponse, status: number, reason: string, headers: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${reason}\n`);
}

async function sendPage(request: IncomingMessage, response: ServerResponse, page: Page): Promise<void> {
  const format = acceptedFormat(request.headers.accept);
  const isGzip = acceptsGzip(request.headers['accept-encoding']);
  const headers: OutgoingHttpHeaders = { 'content-type': CONTENT_TYPE[format], vary: 'Accept, Accept-Encoding' };
  if (isGzip) headers['content-encoding'] = 'gzip';

  const writer = new PageWriter();
  const pieces = page.pieces(format, writer);
  const first = pieces.next().value as Buffer;
  const second = pieces.next();
  if (second.done) {
    // A short page goes out at once: compressing it takes less than handing it to another thread.
    const body = isGzip ? gzipSync(first, GZIP) : first;
    response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
    return;
  }
  response.writeHead(200, headers);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const all = inSlices(chain([first, second.value], pieces));
  const taken = (piece: Buffer) => writer.reuse(piece);
  if (isGzip) {
    const gzip = createGzip(GZIP);
    await Promise.all([pipeline(gzip, response), pour(all, gzip, taken)]);
  } else {
    await Promise.all([finished(response, { cleanup: true }), pour(all, response, taken)]);
  }
}

function* chain<T>(first: Iterable<T>, second: Iterable<T>): Generator<T, void> {
  yield* first;
  yield* second;
}
