import { usageError } from '../command-error.ts';
import type { OptionDescription } from '../command.ts';
import type { Arguments } from '../read-arguments.ts';

/** Where a Grafana is and how to sign in. */
export interface GrafanaConnection {
  /** With a slash at the end and without user and password. */
  readonly url: URL;
  /** Of the header `Authorization`; undefined: not signed in. */
  readonly authorization: string | undefined;
  readonly timeoutSeconds: number;
}

const DEFAULT_TIMEOUT_SECONDS = 10;

export const connectionOptions: Readonly<Record<string, OptionDescription>> = {
  url: { value: '<url>', text: 'where Grafana is, with its sub-path if it has one (default $GRAFANA_URL)' },
  token: { value: '<token>', text: 'of a service account with the role Editor (default $GRAFANA_TOKEN)' },
  user: { value: '<name:password>', text: 'instead of a token; they may also stand in the URL' },
  timeout: { value: '<seconds>', text: `how long to wait for each answer (default ${DEFAULT_TIMEOUT_SECONDS})` },
};

/** @throws an error that names the option or environment variable and its value; never a password. */
export function readConnection({ options }: Arguments, env: Readonly<Record<string, string | undefined>>): GrafanaConnection {
  const text = options.get('url') ?? env['GRAFANA_URL'];
  if (text === undefined) throw usageError('--url is missing: where Grafana is, such as --url http://localhost:3000');
  const url = URL.parse(text);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw usageError(`${options.has('url') ? '--url' : 'GRAFANA_URL'} is ${JSON.stringify(text)}, not a URL with http:// or https://`);
  }
  const authorization = readAuthorization(options, url, env['GRAFANA_TOKEN']);
  return { url: bareUrl(url), authorization, timeoutSeconds: readTimeout(options.get('timeout')) };
}

function readAuthorization(options: Arguments['options'], url: URL, tokenOfEnvironment: string | undefined): string | undefined {
  const token = options.get('token');
  const inUrl = url.username === '' ? undefined : `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const user = options.get('user') ?? inUrl;
  if (token !== undefined && user !== undefined) throw usageError('give either --token or a user with a password, not both');
  if (user !== undefined && !user.includes(':')) throw usageError('--user has no colon: it is <name:password>');
  if (user !== undefined) return `Basic ${Buffer.from(user).toString('base64')}`;
  const bearer = (token ?? tokenOfEnvironment)?.trim();
  if (bearer === undefined || bearer === '') return undefined;
  if (!/^[\x21-\x7e]+$/.test(bearer))
    throw usageError(`${token === undefined ? 'GRAFANA_TOKEN' : '--token'} has characters that no token has`);
  return `Bearer ${bearer}`;
}

function readTimeout(text = String(DEFAULT_TIMEOUT_SECONDS)): number {
  const seconds = Number(text);
  // 2^31 milliseconds are the most that a timer takes.
  if (seconds > 0 && seconds < 2_000_000) return seconds;
  throw usageError(`--timeout is ${JSON.stringify(text)}, not a number of seconds above 0`);
}

function bareUrl(url: URL): URL {
  const bare = new URL(url.origin);
  bare.pathname = url.pathname.replace(/\/*$/, '/');
  return bare;
}
