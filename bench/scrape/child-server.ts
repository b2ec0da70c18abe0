import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fetchPage, type Page } from './fetch-page.ts';
import type { ProbeName } from './probes.ts';
import type { Answer, ImplementationName, Request } from './serve-in-child.ts';

const PROGRAM = fileURLToPath(import.meta.resolve('./serve-in-child.ts'));
const TIMEOUT_MILLISECONDS = 60_000;

/** An implementation that serves from a process of its own, while this one is the client. */
export class ChildServer {
  readonly #child: ChildProcess;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  #updates = 0;

  private constructor(child: ChildProcess, url: string, headers: Readonly<Record<string, string>>) {
    this.#child = child;
    this.#url = url;
    this.#headers = headers;
  }

  static async start(implementation: ImplementationName, lines: number, headers: Readonly<Record<string, string>>): Promise<ChildServer> {
    const child = fork(PROGRAM, [implementation, `${lines}`], { execArgv: ['--expose-gc'] });
    const { url = '' } = await nextAnswer(child);
    return new ChildServer(child, url, headers);
  }

  /** How often every series has been given a new value. */
  get updates(): number {
    return this.#updates;
  }

  /** Updates every series, then takes the page while the probe watches. */
  async scrape(probe: ProbeName): Promise<{ page: Page; figures: Readonly<Record<string, number>> }> {
    this.#updates++;
    await this.#ask({ ask: 'update', update: this.#updates });
    await this.#ask({ ask: 'start', probe });
    const page = await fetchPage(this.#url, this.#headers);
    const { figures = {} } = await this.#ask({ ask: 'stop' });
    return { page, figures };
  }

  async end(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000);
    await exit;
    clearTimeout(timer);
  }

  #ask(request: Request): Promise<Answer> {
    this.#child.send(request);
    return nextAnswer(this.#child);
  }
}

async function nextAnswer(child: ChildProcess): Promise<Answer> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]);
  const failure = once(child, 'exit', { signal }).then(([code]) => Promise.reject(new Error(`the serving process ended with ${code}`)));
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal }), failure])) as [Answer];
    return answer;
  } finally {
    failure.catch(() => {});
    stop.abort();
  }
}
