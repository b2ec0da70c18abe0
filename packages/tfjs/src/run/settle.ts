/** Runs work and calls `onSettled` when it has returned, thrown, resolved or rejected; all of that passes through. */
export function settle<T>(work: () => T, onSettled: (hasSucceeded: boolean) => void): T {
  let result: T;
  try {
    result = work();
  } catch (error) {
    onSettled(false);
    throw error;
  }
  if (!(result instanceof Promise)) {
    onSettled(true);
    return result;
  }
  return result.then(
    (value: unknown) => {
      onSettled(true);
      return value;
    },
    (error: unknown) => {
      onSettled(false);
      throw error;
    },
  ) as T;
}
