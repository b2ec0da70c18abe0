/** Where time comes from; an argument, so that tests decide. */
export interface Clock {
  /** Seconds since an arbitrary moment; never goes back. */
  monotonicSeconds(): number;
  /** Seconds since 1970-01-01T00:00Z. */
  unixSeconds(): number;
}

export const systemClock: Clock = {
  monotonicSeconds: () => performance.now() / 1000,
  unixSeconds: () => Date.now() / 1000,
};
