/** Does something so many times. */
export type Run = (times: number) => void | Promise<void>;

/** One thing to measure. */
export interface Contender {
  readonly name: string;
  /** Does it so many times. A loop of its own in the source, so that the compiler specialises it for this contender alone. */
  readonly run: Run;
  /** How often it has been done, read back the way the numbers go out. */
  readonly readBack?: () => Promise<number>;
}

export interface InterleaveOptions {
  readonly rounds: number;
  /** How long a contender runs in a round. @default 8 */
  readonly batchMilliseconds?: number;
  /** How many times a contender does it in a round. @default as many as fill `batchMilliseconds` */
  readonly times?: number;
  /** How often a contender does that before it is measured. @default 2 */
  readonly warmUps?: number;
  /** Awaited before each run; not measured. */
  readonly before?: () => Promise<void>;
}

/**
 * Measures contenders against each other in one process: each runs in every round, in a random order, so that what else the
 * machine does, the compiler's state and collected garbage fall on all of them alike. In an order that repeats, the collector would keep coming
 * in the time of the same contender.
 * @returns nanoseconds per time, by contender, a figure per round.
 * @throws where a contender does not read back as many times as it was run.
 */
export async function interleave(
  contenders: readonly Contender[],
  { rounds, batchMilliseconds = 8, times: fixedTimes, warmUps = 2, before }: InterleaveOptions,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const batches: { name: string; run: Run; times: number; done: number; nanoseconds: number[] }[] = [];
  for (const { name, run } of contenders) {
    const { times, warmUpTimes } = await (fixedTimes === undefined ? batchOf(run, batchMilliseconds) : warmUp(run, fixedTimes, warmUps));
    batches.push({ name, run, times, done: warmUpTimes, nanoseconds: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const batch of shuffled(batches)) {
      await before?.();
      batch.nanoseconds.push(((await millisecondsOf(batch.run, batch.times)) * 1e6) / batch.times);
      batch.done += batch.times;
    }
  }
  for (const [i, { readBack }] of contenders.entries()) {
    const { name, done } = batches[i] as (typeof batches)[number];
    const read = await readBack?.();
    if (read !== undefined && read !== done) throw new Error(`${name}: ${read} read back, ${done} recorded`);
  }
  return new Map(batches.map(({ name, nanoseconds }) => [name, nanoseconds]));
}

/** Finds how many times fill a batch, which warms the compiler up as well. */
async function batchOf(run: Run, milliseconds: number): Promise<{ times: number; warmUpTimes: number }> {
  let warmUpTimes = 0;
  let times = 1024;
  for (let attempt = 0; attempt < 40; attempt++) {
    const took = await millisecondsOf(run, times);
    warmUpTimes += times;
    if (took < milliseconds / 2) times *= 2;
    else if (attempt >= 20) break;
  }
  return { times, warmUpTimes };
}

async function warmUp(run: Run, times: number, warmUps: number): Promise<{ times: number; warmUpTimes: number }> {
  for (let i = 0; i < warmUps; i++) await run(times);
  return { times, warmUpTimes: warmUps * times };
}

function shuffled<T>(all: readonly T[]): T[] {
  const placed = all.map((one) => ({ one, place: Math.random() }));
  return placed.toSorted((a, b) => a.place - b.place).map(({ one }) => one);
}

async function millisecondsOf(run: Run, times: number): Promise<number> {
  const start = performance.now();
  const running = run(times);
  if (running) await running;
  return performance.now() - start;
}
