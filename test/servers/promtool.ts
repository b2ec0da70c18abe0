import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What `promtool check metrics` has to say about a page in Prometheus' text format: one line per problem, none when it passes. */
export async function promtoolProblems(page: string): Promise<string[]> {
  const promtool = spawn('promtool', ['check', 'metrics'], { timeout: 10_000 });
  const exit = once(promtool, 'close');
  promtool.stdin.on('error', () => {}); // promtool stops reading at a syntax error
  promtool.stdin.end(page);
  const [stdout, stderr, [code]] = await Promise.all([text(promtool.stdout), text(promtool.stderr), exit]);
  const problems = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  if (code !== 0 && problems.length === 0) problems.push(`promtool ended with ${String(code)} and said nothing`);
  return problems;
}
