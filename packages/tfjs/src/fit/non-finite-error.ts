/** What a fit rejects with where `onNonFinite` is `throw`. */
export class NonFiniteError extends Error {
  override readonly name = 'NonFiniteError';

  /** @param what the loss, metric or weights that were not finite. */
  constructor(what: string, value: number) {
    super(`${what} is ${value}`);
  }
}
