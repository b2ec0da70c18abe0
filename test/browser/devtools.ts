import type { Readable, Writable } from 'node:stream';

/** What the browser says by itself. */
export interface DevToolsEvent {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

interface Message extends Partial<DevToolsEvent> {
  readonly id?: number;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** The Chrome DevTools Protocol over the two pipes of `--remote-debugging-pipe`: a browser ends when they close, however that came about. */
export class DevTools {
  readonly #out: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (event: DevToolsEvent) => void>();
  #lastId = 0;

  constructor(out: Writable, incoming: Readable) {
    this.#out = out;
    out.on('error', () => {}); // The other end is gone: the answers that are missing say so.
    let text = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop() ?? '';
      for (const message of messages) this.#take(JSON.parse(message) as Message);
    });
    incoming.on('close', () => this.#fail(new Error('the browser has ended')));
  }

  /** Asks the browser, or with a session one of its pages. */
  send<R>(method: string, params: Readonly<Record<string, unknown>> = {}, sessionId?: string): Promise<R> {
    const id = ++this.#lastId;
    const answer = new Promise<R>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return answer;
  }

  /** Hears what a page says by itself. */
  listen(sessionId: string, listener: (event: DevToolsEvent) => void): void {
    this.#listeners.set(sessionId, listener);
  }

  #take({ id, sessionId = '', method, params = {}, result, error }: Message): void {
    if (method !== undefined) this.#listeners.get(sessionId)?.({ method, params });
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result as never);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
