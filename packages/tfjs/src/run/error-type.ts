/** What an error makes of a run. */
export interface Failure {
  readonly result: 'cancelled' | 'failure';
  /** The class of the error for `error.type`; never its message. */
  readonly errorType: string;
}

/** An `AbortError`, as of an `AbortController`, cancels a run; any other error fails it. */
export function failureOf(error: unknown): Failure {
  const name = nameOf(error);
  return { result: name === 'AbortError' ? 'cancelled' : 'failure', errorType: name === '' ? '_OTHER' : name };
}

function nameOf(error: unknown): string {
  try {
    const name: unknown = error instanceof Error ? error.name || error.constructor.name : '';
    return typeof name === 'string' ? name : '';
  } catch {
    // The error is the user's: its name may be a getter.
    return '';
  }
}
