import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isProgram } from '../../src/gpu/find-program.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'find-program-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'a-folder'));
  await writeFile(join(folder, 'a-text'), '');
  await writeFile(join(folder, 'a-program'), '#!/bin/sh\n');
  await chmod(join(folder, 'a-program'), 0o755);
  return folder;
}

test.skipIf(process.platform === 'win32').each([
  ['a-program', true],
  ['a-text', false],
  ['a-folder', false],
  ['nothing', false],
])('of a name or a path, that of %s being a program is %j', async (name, isThere) => {
  const folder = await makeFolder();
  expect(await isProgram(name, ['/nowhere', folder].join(delimiter))).toBe(isThere);
  expect(await isProgram(join(folder, name), '')).toBe(isThere);
  expect(await isProgram(name, '/nowhere')).toBe(false);
});
