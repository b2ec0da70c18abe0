import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { dashboardFiles } from '../../src/dashboard-files.ts';
import { scriptedGrafana } from './push/scripted-grafana.ts';

const program = join(import.meta.dirname, '../../src/cli/main.ts');

/** Runs the program as a process of its own. */
function main(args: readonly string[], env: Record<string, string> = {}): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], { env: { ...process.env, ...env } }, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test('list names every dashboard, and alerts with their severity', async () => {
  const { exitCode, stdout, stderr } = await main(['list']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  for (const { name, uid, title } of dashboardFiles()) expect(stdout).toMatch(new RegExp(`^ +${name} +${uid} +${title}$`, 'm'));
  expect(stdout).toMatch(/^ +MLTrainingStalled +(critical|warning|info) +\S.*\.$/m);
});

test('rules are the ones of Prometheus or of Grafana, with the given threshold', async () => {
  const { stdout } = await main(['rules']);
  const { groups } = parse(stdout) as { groups: { rules: { alert?: string; expr: string }[] }[] };
  const expression = (rules: typeof groups) =>
    rules.flatMap((group) => group.rules).find(({ alert }) => alert === 'MLTrainingDataBound')?.expr;
  expect(expression(groups)).toContain('0.3');
  const other = parse((await main(['rules', '--data-wait-ratio', '0.45'])).stdout) as { groups: typeof groups };
  expect(expression(other.groups)).toContain('0.45');
  const grafana = parse((await main(['rules', '--format', 'grafana'])).stdout) as { apiVersion: number; groups: unknown[] };
  expect(grafana.apiVersion).toBe(1);
  expect(grafana.groups.length).toBeGreaterThan(0);
});

test('write writes what is committed in the folder dashboards', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-cli-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { exitCode, stdout } = await main(['write', folder]);
  expect(exitCode).toBe(0);
  const paths = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(`wrote      ${folder}/`, ''));
  expect(paths).toContain('prometheus/training.json');
  expect(paths).toContain('rules/modelmeter.rules.yaml');
  const committed = join(import.meta.dirname, '../../../../dashboards');
  for (const path of paths) expect(await readFile(join(folder, path), 'utf8'), path).toBe(await readFile(join(committed, path), 'utf8'));
});

test('push brings all dashboards into a Grafana, once', async () => {
  const grafana = await scriptedGrafana({ authorization: 'Bearer secret' });
  const env = { GRAFANA_URL: grafana.url, GRAFANA_TOKEN: 'secret' };
  expect(await main(['push'], env)).toMatchObject({ exitCode: 0, stderr: '' });
  expect([...grafana.dashboards.keys()]).toEqual(dashboardFiles().map(({ uid }) => uid));
  const { stdout } = await main(['push'], env);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(dashboardFiles().map(() => 'unchanged'));
});

test('what is wrong is told without a stack trace, by exit status 2 or 1', async () => {
  const unknown = await main(['lst']);
  expect(unknown).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'modelmeter-dashboards: unknown command "lst"\nmodelmeter-dashboards --help says what there is.\n',
  });
  const unreachable = await main(['push', '--url', 'http://127.0.0.1:1']);
  expect(unreachable.exitCode).toBe(1);
  expect(unreachable.stderr).toMatch(/^modelmeter-dashboards: can't reach Grafana at http:\/\/127\.0\.0\.1:1\/: .*\n$/);
});

test('a reader that closes early is no failure', async () => {
  const child = spawn(process.execPath, [program, 'rules'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.destroy();
  const [exitCode] = (await once(child, 'close')) as [number];
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
});
