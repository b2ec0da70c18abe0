import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prometheusName, trainingMetrics } from '@modelmeter/core';

const USUAL_PORT = 9090;
const WAIT_AT_MOST_MILLISECONDS = 20_000;
// The shell ends the program and removes its folder when its standard input closes: when this process is gone, however that came about.
const SUPERVISE = 'folder=$1; shift; "$@" & exec 2>&-; read _; kill $!; wait $!; rm -rf "$folder"';

export interface LocalPrometheus {
  readonly url: string;
  /** A graph of the loss. */
  readonly graphUrl: string;
  stop(): Promise<void>;
}

export interface LocalPrometheusOptions {
  /** Where the metrics are, such as `http://localhost:9464/metrics`. */
  readonly metricsUrl: string;
  /** A rule file of Prometheus. */
  readonly rules: string;
  /** @default 'prometheus', from the path */
  readonly program?: string;
}

/**
 * Starts an installed Prometheus on 127.0.0.1, port 9090 or a free one, that scrapes every second and lasts no longer than this process.
 * Resolves after the first scrape, which Prometheus makes five seconds after its start.
 * @throws an error that says why there is none, and how to get one.
 */
export async function startPrometheus({ metricsUrl, rules, program = 'prometheus' }: LocalPrometheusOptions): Promise<LocalPrometheus> {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined) {
    throw new Error(
      `there is no program ${program}. Debian and Ubuntu: apt-get install prometheus; others: https://prometheus.io/download`,
    );
  }
  if (process.platform === 'win32') throw new Error('it is started only where there is a POSIX shell');
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-prometheus-'));
  await writeFile(join(folder, 'rules.yaml'), rules);
  await writeFile(join(folder, 'prometheus.yml'), configuration(metricsUrl));
  const url = `http://127.0.0.1:${await freePort()}`;
  const command = [program, `--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`];
  const args = ['-c', SUPERVISE, 'sh', folder, ...command, `--web.listen-address=${new URL(url).host}`];
  // Detached, so that Ctrl-C reaches this process alone, which then closes the shell's input.
  const shell = spawn('sh', args, { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  let log = '';
  shell.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-5000)));
  const exit = once(shell, 'exit');
  async function stop(): Promise<void> {
    shell.stdin.end();
    await exit;
  }

  const isReady = async () => (await fetch(`${url}/-/ready`).catch(() => undefined))?.ok === true;
  if (!(await eventually(isReady, shell.stderr))) {
    await stop();
    throw new Error(`it does not start: ${log.trim().split('\n').at(-1)}`);
  }
  await eventually(async () => (await (await fetch(`${url}/api/v1/query?query=up`)).text()).includes('"digits"'), shell.stderr);
  const graph = new URLSearchParams({ 'g0.expr': prometheusName(trainingMetrics.trainingLoss), 'g0.tab': '0', 'g0.range_input': '5m' });
  return { url, graphUrl: `${url}/graph?${graph}`, stop };
}

/** @returns false: the program has ended, or it took too long. */
async function eventually(condition: () => Promise<boolean>, output: { readonly readableEnded: boolean }): Promise<boolean> {
  for (const deadline = Date.now() + WAIT_AT_MOST_MILLISECONDS; Date.now() < deadline && !output.readableEnded; await sleep(50)) {
    if (await condition()) return true;
  }
  return false;
}

/** JSON is YAML. */
function configuration(metricsUrl: string): string {
  const { protocol, host, pathname } = new URL(metricsUrl);
  const job = { job_name: 'digits', scheme: protocol.slice(0, -1), metrics_path: pathname, static_configs: [{ targets: [host] }] };
  const global = { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '5s' };
  return JSON.stringify({ global, rule_files: ['rules.yaml'], scrape_configs: [job] });
}

/** The usual port if nobody listens there, else any. */
async function freePort(): Promise<number> {
  const probe = async (port: number): Promise<number | undefined> => {
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch {
      return undefined;
    } finally {
      server.close();
    }
  };
  return (await probe(USUAL_PORT)) ?? (await probe(0)) ?? USUAL_PORT;
}
