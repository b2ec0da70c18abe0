/** Ends the program with a message and no stack trace. */
export class CommandError extends Error {
  /** 2: called wrongly; 1: it could not be done. */
  readonly exitCode: 1 | 2;

  constructor(message: string, { exitCode = 1 }: { exitCode?: 1 | 2 } = {}) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The program was called wrongly. */
export function usageError(message: string): CommandError {
  return new CommandError(message, { exitCode: 2 });
}
