import { watchWebStream } from '../watch-stream.ts';
import type { Exchange } from './exchange.ts';

/** Ends an exchange with its response: at once, or when its body has been read where that is a stream, for which another takes its place. */
export function endWithResponse(exchange: Exchange, response: Response): Response {
  const { status } = response;
  if (!response.body || !isStreamed(response.headers)) {
    exchange.responded(status);
    return response;
  }
  const watched = watchWebStream(response.body, {
    chunk: () => exchange.chunk(),
    end: () => exchange.responded(status),
    fail: (error) => {
      exchange.threw(error);
      exchange.cutOff();
    },
    leave: () => exchange.cutOff(),
    within: (step) => exchange.call(step, undefined),
  });
  return new Response(watched, response);
}

/** All that is no stream has a type, unless it is bytes; a server sends the length of what is no stream, so it has to stay what it is. */
function isStreamed(headers: Headers): boolean {
  if (headers.has('content-length')) return false;
  const type = headers.get('content-type');
  return type === null || type.startsWith('text/event-stream') || headers.has('transfer-encoding');
}
