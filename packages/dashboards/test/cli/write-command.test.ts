import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeCommand } from '../../src/cli/write-command.ts';
import { fakeContent } from './fake-content.ts';
import { run } from './run.ts';

const content = fakeContent();
const commands = { write: writeCommand(content) };
const ALL = [
  'prometheus/overview.json',
  'prometheus/training.json',
  'rules/modelmeter.rules.yaml',
  'grafana-alerting/rules.yaml',
  'grafana-alerting/contact-points.yaml',
  'grafana-alerting/notification-policy.yaml',
];

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-write-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test('all files are written, a second time only what is not the same', async () => {
  const folder = join(await temporaryFolder(), 'new/er');
  const { exitCode, out } = await run(commands, ['write', folder]);
  expect(exitCode).toBe(0);
  expect(out.split('\n')).toEqual(ALL.map((path) => `wrote      ${join(folder, path)}`));
  expect(await readFile(join(folder, 'prometheus/training.json'), 'utf8')).toBe(content.dashboards()[1]?.json);
  expect(await readFile(join(folder, 'grafana-alerting/contact-points.yaml'), 'utf8')).toBe('contactPoints: []\n');

  await writeFile(join(folder, 'rules/modelmeter.rules.yaml'), 'edited');
  const again = await run(commands, ['write', folder]);
  expect(again.out.split('\n').filter((line) => !line.startsWith('unchanged'))).toEqual([`wrote      ${join(folder, ALL[2] ?? '')}`]);
  expect(again.out.split('\n')).toHaveLength(ALL.length);
});

test('some parts can be written alone, with thresholds', async () => {
  const folder = await temporaryFolder();
  await run(commands, ['write', folder, '--only', 'rules', '--gpu-memory-ratio', '0.5']);
  expect(await readdir(folder)).toEqual(['rules']);
  expect(await readFile(join(folder, 'rules/modelmeter.rules.yaml'), 'utf8')).toContain('"gpuMemoryRatio":0.5');
  await run(commands, ['write', folder, '--only', 'dashboards, alerting']);
  expect((await readdir(folder)).sort()).toEqual(['grafana-alerting', 'prometheus', 'rules']);
  const { exitCode, errors } = await run(commands, ['write', folder, '--only', 'panels']);
  expect(exitCode).toBe(2);
  expect(errors).toContain('--only is "panels", not dashboards, rules, alerting');
});

test('a folder that cannot be written is named, with exit status 1', async () => {
  const folder = join(await temporaryFolder(), 'file');
  await writeFile(folder, '');
  const { exitCode, errors } = await run(commands, ['write', folder]);
  expect(exitCode).toBe(1);
  expect(errors).toContain(`can't write ${join(folder, 'prometheus/overview.json')}: ENOTDIR`);
});
