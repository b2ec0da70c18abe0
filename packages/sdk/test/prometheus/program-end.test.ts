import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { fetchPage } from './fetch-page.ts';

const program = fileURLToPath(new URL('finished-program.ts', import.meta.url));

async function runAndScrape(...args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'close');
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (output += text));
  while (!output.includes('\n')) await once(child.stdout, 'data');
  // The connection stays open and idle afterwards.
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  expect((await fetchPage(output.trim(), { agent })).status).toBe(200);
  const [code] = (await exit) as [number | null];
  return { code, output };
}

test('a program that has no more to do ends, although its server is open and connected', { timeout: 20_000 }, async () => {
  expect((await runAndScrape()).code).toBe(0);
});

test('a program that waits for its server to close goes on afterwards', { timeout: 20_000 }, async () => {
  const { code, output } = await runAndScrape('close');
  expect(output).toContain('closed');
  expect(code).toBe(0);
});
