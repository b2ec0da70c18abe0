import type { Arguments } from './read-arguments.ts';

export interface OptionDescription {
  /** What follows it, such as `<url>`; a switch without one. */
  readonly value?: string;
  readonly text: string;
}

/** One command of the program. */
export interface Command {
  readonly summary: string;
  /** Arguments without a dash, such as `<folder>`, all of them needed. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, OptionDescription>>;
  /** What its help says below the options. */
  readonly notes?: string;
  run(args: Arguments, context: CommandContext): Promise<void>;
}

/** What a command has of the world. */
export interface CommandContext {
  /** Writes a line to standard output. */
  readonly print: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
}
