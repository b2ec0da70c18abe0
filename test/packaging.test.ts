import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installPackages } from './packaging/install-packages.ts';
import { type NodeVersion, supportedNodes } from './packaging/nodes.ts';
import { type PackedPackage, packPackages } from './packaging/packed-packages.ts';
import { run } from './packaging/run.ts';
import { testWithTfjsNode } from './test-with-tfjs-node.ts';

let folder: string;
let project: string;
let packages: PackedPackage[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelmeter-packaging-'));
  project = join(folder, 'project');
  packages = await packPackages(folder);
  await installPackages(project, packages);
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a package holds what its sources compile to, its manifest, its licence and its README, and nothing else', async () => {
  for (const { folder: source, name, files } of packages) {
    const modules = (await readdir(join(source, 'src'), { recursive: true })).filter((path) => path.endsWith('.ts'));
    const built = modules.flatMap((path) => ['js', 'd.ts'].map((extension) => `dist/${path.slice(0, -'ts'.length)}${extension}`));
    expect(files.toSorted(), name).toEqual([...built, 'LICENSE', 'README.md', 'package.json'].toSorted());
  }
});

test('publint finds nothing in a packed package', async () => {
  for (const { name, tarball } of packages) {
    const { buffer } = new Uint8Array(await readFile(tarball));
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(
      messages.map((message) => formatMessage(message, pkg, { color: false })),
      name,
    ).toEqual([]);
  }
});

test('attw finds the types that belong to the code', { timeout: 60_000 }, async () => {
  const attw = join(import.meta.dirname, 'node_modules/.bin/attw');
  for (const { name, tarball } of packages) {
    expect(await run(folder, attw, tarball, '--profile', 'esm-only'), name).toContain('🟢 (ESM)');
  }
});

test.each(['esm.js', 'commonjs.cjs'])('what %s records with the installed packages is what it reads back', async (program) => {
  const printed = await run(project, process.execPath, program);
  expect(JSON.parse(printed)).toEqual([{ attributes: { 'ml.model.name': 'digits' }, value: 3 }]);
});

test('the quick start trains and serves its metrics with the installed packages', { timeout: 60_000 }, async () => {
  const printed = await run(project, process.execPath, 'train-and-serve.js');
  expect(printed.trim().split('\n').at(-1)).toBe('6');
});

test('a server counts its requests with the installed packages', { timeout: 60_000 }, async () => {
  expect(JSON.parse(await run(project, process.execPath, 'serve.js'))).toEqual({ requests: 3, stages: 3 });
});

test('the command of the installed packages writes the dashboards and rules that are in the repository', { timeout: 60_000 }, async () => {
  await run(project, join(project, 'node_modules/.bin/modelmeter-dashboards'), 'write', 'monitoring');
  const repository = join(import.meta.dirname, '../dashboards');
  for (const path of ['prometheus/training.json', 'rules/modelmeter.rules.yaml', 'grafana-alerting/rules.yaml']) {
    expect(await readFile(join(project, 'monitoring', path), 'utf8'), path).toBe(await readFile(join(repository, path), 'utf8'));
  }
});

test.each(['typescript-5', 'typescript-7'])('%s has nothing to say about typed programs', { timeout: 60_000 }, async (compiler) => {
  const tsc = join(dirname(createRequire(import.meta.url).resolve(`${compiler}/package.json`)), 'bin/tsc');
  for (const config of ['tsconfig.json', 'tsconfig.tfjs.json']) {
    expect(await run(project, process.execPath, tsc, '--project', config), config).toBe('');
  }
});

const nodes = supportedNodes();
const testOnTfjsNode = testWithTfjsNode();
const needsPolyfill = ({ major }: NodeVersion) => major >= 23;

describe.each(nodes)('on Node $major', (node) => {
  async function expectTraining(backend: string, ...modules: string[]): Promise<void> {
    const printed = JSON.parse(await run(project, node.executable, 'train-on.js', backend, ...modules)) as { loss: number };
    expect(printed).toEqual({ backend, loss: expect.any(Number), measured: printed.loss });
  }

  test.each(['cpu', 'wasm'])('the installed packages measure training on %s', (backend) => expectTraining(backend));

  testOnTfjsNode('and on tfjs-node, with the polyfill where it is needed', () =>
    expectTraining('tensorflow', ...(needsPolyfill(node) ? ['@modelmeter/tfjs/node-polyfill'] : [])),
  );
});

testOnTfjsNode.each(nodes.filter(needsPolyfill))('without the polyfill tfjs-node throws on Node $major', async ({ executable }) => {
  await expect(run(project, executable, 'train-on.js', 'tensorflow')).rejects.toThrow('isNullOrUndefined) is not a function');
});
