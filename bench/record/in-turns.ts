/**
 * Without a reader, a registry looks for one with the first thousand values of a turn of the event loop. That is the costly state, and that of
 * programs which do more than record, so that is what is measured.
 */
export const VALUES_A_TURN = 500;

/** Records so many values, a few in each turn. */
export async function inTurns(times: number, record: (from: number, to: number) => void): Promise<void> {
  for (let from = 0; from < times; from += VALUES_A_TURN) {
    record(from, Math.min(from + VALUES_A_TURN, times));
    await Promise.resolve();
  }
}
