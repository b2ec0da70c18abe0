import { execFile } from 'node:child_process';
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { startLocalServer } from '../servers/local-server.ts';
import { testWith } from '../servers/test-with.ts';

const promtoolTest = testWith('promtool');
const prometheusTest = testWith('prometheus');
const amtoolTest = testWith('amtool', 'prometheus-alertmanager');
const run = promisify(execFile);

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
  readonly configs: { readonly alertmanager: { readonly content: string } };
}

interface PrometheusConfiguration {
  readonly global: { readonly scrape_interval: string };
  readonly alerting: { readonly alertmanagers: readonly { readonly static_configs: readonly { readonly targets: string[] }[] }[] };
  readonly scrape_configs: readonly { readonly static_configs: readonly { readonly targets: string[] }[] }[];
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly { readonly alert?: string; readonly record?: string }[] }[];
}

/** What Prometheus says of its rules. */
interface LoadedRules {
  readonly data: {
    readonly groups: readonly { readonly name: string; readonly rules: readonly { readonly name: string; readonly health: string }[] }[];
  };
}

const stack = join(import.meta.dirname, '../../examples/stack');
const read = async <T>(file: string) => parse(await readFile(join(stack, file), 'utf8')) as T;
const compose = await read<Compose>('compose.yaml');
const withAlerting = await read<Pick<Compose, 'services'>>('compose.grafana-alerting.yaml');
const prometheus = await read<PrometheusConfiguration>('prometheus.yml');
const services = [...Object.entries(compose.services), ...Object.entries(withAlerting.services)];

/** As Compose fills in variables. */
function interpolate(text: string, variables: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\$\{(\w+):-([^}]*)\}/g, (_match, name: string, fallback: string) => variables[name] ?? fallback);
}

describe('examples/stack/compose.yaml', () => {
  test('every folder and file that is mounted or built from is there', async () => {
    const paths: string[] = [];
    for (const [, { volumes = [], build }] of services) {
      const sources = volumes.map((volume) => volume.split(':')[0] ?? '');
      paths.push(...sources.filter((source) => source.startsWith('.')));
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(sources.filter((source) => !source.startsWith('.'))));
      if (build) paths.push(join(build.context, build.dockerfile), join(build.context, `${build.dockerfile}.dockerignore`));
    }
    for (const path of paths) await expect(access(join(stack, path)), path).resolves.toBeUndefined();
    expect(paths.length).toBeGreaterThan(5);
  });

  test('every image has a whole version, and its ports are open to this machine alone', async () => {
    const dockerfile = await readFile(join(stack, 'demo.Dockerfile'), 'utf8');
    const images = [...services.flatMap(([, { image }]) => image ?? []), /^FROM (.*)$/m.exec(dockerfile)?.[1]];
    expect(images).toHaveLength(4);
    for (const image of images) expect(image).toMatch(/^[\w/]+:v?\d+\.\d+\.\d+(-slim)?$/);
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports).toHaveLength(4);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('the demo runs on the Node that the repository develops on', async () => {
    const { devDependencies } = await read<{ devDependencies: Record<string, string> }>('../../package.json');
    expect(await readFile(join(stack, 'demo.Dockerfile'), 'utf8')).toContain(`FROM node:${devDependencies['node']}-slim\n`);
  });

  test('what containers ask of each other is where it is', async () => {
    const { datasources } = await read<{ datasources: { name: string; url: string }[] }>('grafana/datasources.yaml');
    expect(prometheus.scrape_configs[0]?.static_configs[0]?.targets).toEqual(['demo:9464']);
    expect(prometheus.alerting.alertmanagers[0]?.static_configs[0]?.targets).toEqual(['alertmanager:9093']);
    expect(datasources.map(({ url }) => url)).toEqual(['http://prometheus:9090', 'http://alertmanager:9093']);
    const inside = ['demo:9464', 'alertmanager:9093', 'prometheus:9090'].map((address) => address.split(':') as [string, string]);
    for (const [name, port] of inside) expect(compose.services[name]?.ports?.[0]?.endsWith(`:${port}`), name).toBe(true);
  });
});

describe('Grafana of the stack', () => {
  test('knows the scrape interval of Prometheus, 5 s', async () => {
    const { datasources } = await read<{ datasources: { uid: string; jsonData: { timeInterval?: string } }[] }>('grafana/datasources.yaml');
    expect(prometheus.global.scrape_interval).toBe('5s');
    expect(datasources.find(({ uid }) => uid === 'prometheus')?.jsonData.timeInterval).toBe('5s');
  });

  test('finds the dashboards where they are mounted, and opens one that is there', async () => {
    const { providers } = await read<{ providers: { options: { path: string } }[] }>('grafana/dashboards.yaml');
    const { volumes = [], environment = {} } = compose.services['grafana'] ?? {};
    const [folder = ''] = volumes.find((volume) => volume.includes('dashboards/prometheus'))?.split(':') ?? [];
    expect(volumes).toContain(`${folder}:${providers[0]?.options.path}:ro`);
    const home = environment['GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH']?.replace(`${providers[0]?.options.path}/`, '');
    expect(await readdir(join(stack, folder))).toContain(home);
  });

  test('has every variable that its alert provisioning names, as a secret that is empty stops it', async () => {
    const folder = join(stack, '../../dashboards/grafana-alerting');
    const { environment = {} } = withAlerting.services['grafana'] ?? {};
    for (const file of await readdir(folder)) {
      const text = await readFile(join(folder, file), 'utf8');
      for (const [, name = ''] of text.matchAll(/\$\{?(ML_\w+|[A-Z]+_[A-Z_]+)\}?/g))
        expect(environment[name], `${file}: ${name}`).toBeTruthy();
    }
    expect(interpolate(environment['ML_PROMETHEUS_UID'] ?? '')).toBe('prometheus');
  });
});

describe('Alertmanager of the stack', () => {
  const check = async (variables: Readonly<Record<string, string>>) => {
    const folder = await mkdtemp(join(tmpdir(), 'modelmeter-stack-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'alertmanager.yml'), interpolate(compose.configs.alertmanager.content, variables));
    return run('amtool', ['check-config', join(folder, 'alertmanager.yml')]);
  };

  test('tells nobody unless it was asked to', () => {
    const { route } = parse(interpolate(compose.configs.alertmanager.content)) as { route: { receiver: string } };
    expect(route.receiver).toBe('none');
  });

  amtoolTest.each([
    {},
    { ALERT_RECEIVER: 'webhook', ALERT_WEBHOOK_URL: 'http://host.docker.internal:8080/alerts' },
    { ALERT_RECEIVER: 'email', ALERT_EMAIL: 'oncall@example.org', SMTP_HOST: 'smtp.example.org:587', SMTP_REQUIRE_TLS: 'false' },
    { ALERT_RECEIVER: 'slack', SLACK_WEBHOOK_URL: 'https://hooks.slack.example/services/T/B/x' },
  ])('is content with its configuration: %j', async (variables) => {
    expect((await check(variables)).stdout).toContain('SUCCESS');
  });

  amtoolTest('would not be with a receiver that there is not', async () => {
    const refusal = { stdout: expect.stringContaining('undefined receiver "pager"') as string };
    await expect(check({ ALERT_RECEIVER: 'pager' })).rejects.toMatchObject(refusal);
  });
});

describe('Prometheus of the stack', () => {
  promtoolTest('is content with its configuration', async () => {
    expect((await run('promtool', ['check', 'config', join(stack, 'prometheus.yml')])).stdout).toContain('SUCCESS');
  });

  prometheusTest('loads all the rules and evaluates them without an error', { timeout: 30_000 }, async () => {
    const rules = await readFile(join(stack, '../../dashboards/rules/modelmeter.rules.yaml'), 'utf8');
    const text = (await readFile(join(stack, 'prometheus.yml'), 'utf8')).replace('rules/*.yaml', 'rules.yaml');
    const server = await startLocalServer({
      program: 'prometheus',
      readyPath: '/-/ready',
      files: {
        'rules.yaml': rules,
        'prometheus.yml': text.replace('demo:9464', '127.0.0.1:1').replace('alertmanager:9093', '127.0.0.1:1'),
      },
      args: (folder, address) => [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
      ],
    });
    onTestFinished(() => server.stop());
    const { groups } = parse(rules) as RuleFile;
    const expected = groups.map((group) => [group.name, group.rules.map(({ alert, record }) => `${alert ?? record}: ok`)]);
    expect(expected.length).toBeGreaterThan(0);
    const evaluated = async () => {
      const { data } = (await (await fetch(`${server.url}/api/v1/rules`)).json()) as LoadedRules;
      const loaded = data.groups.map((group) => [group.name, group.rules.map(({ name, health }) => `${name}: ${health}`)]);
      expect(Object.fromEntries(loaded)).toEqual(Object.fromEntries(expected));
    };
    await vi.waitFor(evaluated, { timeout: 20_000, interval: 200 });
  });
});
