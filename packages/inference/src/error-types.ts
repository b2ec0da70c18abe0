/** The values of `error.type` that every model's errors are counted under, at 0 from the start. */
export const ERROR_TYPES = [
  'timeout',
  'cancelled',
  'invalid_input',
  'rejected',
  'out_of_memory',
  'model_not_loaded',
  'backend',
  '_OTHER',
] as const;

export type KnownErrorType = (typeof ERROR_TYPES)[number];

/** One of {@link KnownErrorType}, or a type of your own that `errorTypes` names. */
export type ErrorType = KnownErrorType | (string & {});

const TYPE_BY_NAME: Readonly<Record<string, KnownErrorType>> = { AbortError: 'cancelled', TimeoutError: 'timeout' };

/** What an error's name says: an `AbortError` is cancelled, a `TimeoutError` a timeout, as `AbortSignal` throws them; any other is `_OTHER`. */
export function errorTypeOf(error: unknown): KnownErrorType {
  try {
    const name: unknown = typeof error === 'object' && error !== null && 'name' in error ? error.name : undefined;
    return (typeof name === 'string' && Object.hasOwn(TYPE_BY_NAME, name) && TYPE_BY_NAME[name]) || '_OTHER';
  } catch {
    // The error is the user's: its name may be a getter.
    return '_OTHER';
  }
}
