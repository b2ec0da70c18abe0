/** The class of an error for `error.type`; never its message. */
export function errorTypeOf(error: unknown): string {
  const name = error instanceof Error ? error.name || error.constructor.name : '';
  return name === '' ? '_OTHER' : name;
}

/** Whether something was called off, as by an `AbortController`. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
