/**
 * Runs work and calls `onSettled` when it has returned, thrown, resolved or rejected, with what; all of that passes through. `onSettled` must not throw.
 */
export function settle<T>(work: () => T, onSettled: (hasSucceeded: boolean, outcome: unknown) => void): T {
  let result: T;
  try {
    result = work();
  } catch (error) {
    onSettled(false, error);
    throw error;
  }
  if (!(result instanceof Promise)) {
    onSettled(true, result);
    return result;
  }
  return result.then(
    (value: unknown) => {
      onSettled(true, value);
      return value;
    },
    (error: unknown) => {
      onSettled(false, error);
      throw error;
    },
  ) as T;
}
