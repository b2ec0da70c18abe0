import { type Command } from '../../src/cli/command.ts';
import { runCli } from '../../src/cli/run-cli.ts';

/** Runs a command line and returns all that can be seen of it. */
export async function run(commands: Readonly<Record<string, Command>>, args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const errors: string[] = [];
  const exitCode = await runCli(commands, args, { print: (line) => out.push(line), printError: (line) => errors.push(line), env });
  return { exitCode, out: out.join('\n'), errors: errors.join('\n') };
}
