import { parseArgs } from 'node:util';
import type { Command } from './command.ts';
import { usageError } from './command-error.ts';

/** What a command was called with. */
export interface Arguments {
  readonly operands: readonly string[];
  /** The last value of each option that was given. */
  readonly options: ReadonlyMap<string, string>;
  readonly switches: ReadonlySet<string>;
}

/** @throws an error that names the option or argument that is not known, lacks its value or is missing. */
export function readArguments({ operands: expected, options: known }: Command, args: readonly string[]): Arguments {
  const operands: string[] = [];
  const options = new Map<string, string>();
  const switches = new Set<string>();
  // Not strict, so that messages are ours.
  const { tokens } = parseArgs({ args: [...args], options: parseOptions(known), strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (option === undefined || rawName !== `--${name}`) throw usageError(`unknown option ${rawName}`);
    if (option.value === undefined) {
      if (value !== undefined) throw usageError(`${rawName} takes no value, but is given ${JSON.stringify(value)}`);
      switches.add(name);
    } else {
      // What looks like the next option is one, unless it is a number below zero or joined by `=`.
      if (value === undefined || (!inlineValue && /^-\D/.test(value)))
        throw usageError(`${rawName} needs a value: ${rawName} ${option.value}`);
      options.set(name, value);
    }
  }
  const [missing] = expected.slice(operands.length);
  if (missing !== undefined) throw usageError(`${missing} is missing`);
  const [unexpected] = operands.slice(expected.length);
  if (unexpected !== undefined) throw usageError(`unexpected argument ${JSON.stringify(unexpected)}`);
  return { operands, options, switches };
}

function parseOptions(known: Command['options']): Record<string, { type: 'string' | 'boolean' }> {
  return Object.fromEntries(Object.entries(known).map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' }]));
}
