import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from './packaging/run.ts';

const summary = join(import.meta.dirname, '../.ci/summary.js');
const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelmeter-summary-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function lastLine(report: object): Promise<string> {
  const path = join(folder, 'tests.json');
  await writeFile(path, JSON.stringify({ ...none, ...report }));
  return run(folder, process.execPath, summary, path);
}

test('the last line of CI counts what passed, failed and was skipped', async () => {
  expect(await lastLine({ numPassedTests: 12 })).toBe('12 passed, 0 failed\n');
  expect(await lastLine({ numPassedTests: 12, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 })).toBe(
    '12 passed, 1 failed, 3 skipped\n',
  );
});

test('a file that does not load counts as a failure, and so does a report that is missing', async () => {
  expect(await lastLine({ testResults: [{ status: 'failed', assertionResults: [] }] })).toBe('0 passed, 1 failed\n');
  expect(await run(folder, process.execPath, summary, join(folder, 'missing.json'))).toBe('0 passed, 1 failed\n');
});
