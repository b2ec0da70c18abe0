import { CommandError } from '../command-error.ts';
import type { GrafanaConnection } from './grafana-connection.ts';

/** What Grafana answered: a success, or one of the refusals that concern only what was asked (400, 404, 409, 412). */
export interface GrafanaAnswer {
  readonly status: number;
  readonly body: unknown;
  /** What Grafana says of a refusal. */
  readonly message: string;
}

const REFUSALS: ReadonlySet<number> = new Set([400, 404, 409, 412]);

/** Asks Grafana's HTTP API. Whatever else goes wrong becomes an error that says in words what, and what to do. */
export class GrafanaApi {
  readonly #connection: GrafanaConnection;

  constructor(connection: GrafanaConnection) {
    this.#connection = connection;
  }

  get(path: string): Promise<GrafanaAnswer> {
    return this.#ask('GET', path);
  }

  post(path: string, body: object): Promise<GrafanaAnswer> {
    return this.#ask('POST', path, body);
  }

  async #ask(method: string, path: string, sent?: object): Promise<GrafanaAnswer> {
    const { url, authorization, timeoutSeconds } = this.#connection;
    const headers = {
      accept: 'application/json',
      ...(sent && { 'content-type': 'application/json' }),
      ...(authorization && { authorization }),
    };
    // A redirected POST would arrive as a GET.
    const request: RequestInit = { method, headers, redirect: 'manual', signal: AbortSignal.timeout(timeoutSeconds * 1000) };
    if (sent !== undefined) request.body = JSON.stringify(sent);
    try {
      const response = await fetch(new URL(path, url), request);
      return this.#read(response, await response.text());
    } catch (error) {
      throw error instanceof CommandError ? error : this.#unreachable(error as Error);
    }
  }

  #read(response: Response, text: string): GrafanaAnswer {
    const { status } = response;
    const body = parseJson(text);
    const message = readMessage(body) ?? response.statusText;
    if (status >= 300 && status < 400) throw this.#redirected(response.headers.get('location') ?? '');
    if (status === 401) throw new CommandError(this.#connection.authorization ? this.#refusesLogin(message) : this.#wantsLogin());
    if (status === 403)
      throw new CommandError(`Grafana forbids it (403: ${message}): the token or user needs the role Editor in that folder`);
    if (status >= 400 && !REFUSALS.has(status))
      throw new CommandError(`Grafana at ${this.#connection.url.href} failed (${status}: ${message})`);
    if (body === undefined) {
      const what = `${status} ${response.headers.get('content-type') ?? 'without a content type'}`;
      throw new CommandError(
        `${response.url} answers with something that is not JSON (${what}): is --url the address of Grafana, with its sub-path?`,
      );
    }
    return { status, body, message };
  }

  #refusesLogin(message: string): string {
    return `Grafana at ${this.#connection.url.href} does not accept the token or the password (401: ${message})`;
  }

  #wantsLogin(): string {
    return `Grafana at ${this.#connection.url.href} wants a login (401): give --token, GRAFANA_TOKEN or --user`;
  }

  #redirected(location: string): CommandError {
    return new CommandError(`Grafana at ${this.#connection.url.href} redirects to ${location}: --url must be where it really is`);
  }

  #unreachable({ name, message, cause }: Error): CommandError {
    const { url, timeoutSeconds } = this.#connection;
    if (name === 'TimeoutError') return new CommandError(`Grafana at ${url.href} did not answer within ${timeoutSeconds} s`);
    return new CommandError(`can't reach Grafana at ${url.href}: ${causeOf(cause) ?? message}`);
  }
}

function causeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  // Several addresses were tried: the message of all of them together is empty.
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map((one: Error) => one.message).join(', ');
  return cause.message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readMessage(body: unknown): string | undefined {
  return typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string' ? body.message : undefined;
}
