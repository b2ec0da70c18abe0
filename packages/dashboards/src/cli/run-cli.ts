import type { Command, CommandContext } from './command.ts';
import { CommandError, usageError } from './command-error.ts';
import { commandHelp, programHelp } from './help.ts';
import { readArguments } from './read-arguments.ts';

const PROGRAM = 'modelmeter-dashboards';

export interface CliContext extends CommandContext {
  /** Writes a line to standard error. */
  readonly printError: (line: string) => void;
}

/**
 * Runs the command that the arguments ask for. Never throws.
 * @returns the exit status: 0, 1 when it could not be done, 2 when it was called wrongly.
 */
export async function runCli(commands: Readonly<Record<string, Command>>, args: readonly string[], context: CliContext): Promise<number> {
  const [name = '--help', ...rest] = args;
  try {
    if (name === '--help' || name === '-h' || name === 'help') {
      context.print(programHelp(PROGRAM, commands));
      return args.length === 0 ? 2 : 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw usageError(`unknown command ${JSON.stringify(name)}`);
    if (rest.includes('--help') || rest.includes('-h')) context.print(commandHelp(PROGRAM, name, command));
    else await command.run(readArguments(command, rest), context);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    const exitCode = error instanceof CommandError ? error.exitCode : 1;
    const help = [PROGRAM, ...(Object.hasOwn(commands, name) ? [name] : []), '--help'].join(' ');
    context.printError(`${PROGRAM}: ${message}${exitCode === 2 ? `\n${help} says what there is.` : ''}`);
    return exitCode;
  }
}
