import type { Command } from './command.ts';
import type { Content } from './content.ts';
import { listCommand } from './list-command.ts';
import { pushCommand } from './push/push-command.ts';
import { rulesCommand } from './rules-command.ts';
import { writeCommand } from './write-command.ts';

/** The commands by name, in the order of the help. */
export function commandsOf(content: Content): Readonly<Record<string, Command>> {
  return { list: listCommand(content), write: writeCommand(content), push: pushCommand(content), rules: rulesCommand(content) };
}
