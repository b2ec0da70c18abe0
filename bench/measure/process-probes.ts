import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';

/** Watches this process while it does something. */
export interface Probe {
  start(): void | Promise<void>;
  /** @returns figures by name, each with its unit in the name. */
  stop(): Readonly<Record<string, number>>;
}

/** All threads of the process: serving, garbage collection, compression. */
export function cpuProbe(): Probe {
  let before: NodeJS.CpuUsage | undefined;
  return {
    start: () => {
      before = process.cpuUsage();
    },
    stop: () => {
      const { user, system } = process.cpuUsage(before);
      return { cpuMilliseconds: (user + system) / 1000 };
    },
  };
}

/** Turns of the event loop that are shorter are no blocks. */
const SHORT_MILLISECONDS = 0.02;

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The longest time between two turns of the event loop, taken by an immediate in every turn.
 * @param withoutGarbage the time in which garbage is collected does not count: where it is watched for long, most of it is what the immediates leave.
 */
export function blockProbe({ withoutGarbage = false } = {}): Probe {
  const collections: Span[] = [];
  const note = (entries: readonly PerformanceEntry[]) => {
    for (const { startTime, duration } of entries) collections.push({ start: startTime, end: startTime + duration });
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  if (withoutGarbage) observer.observe({ entryTypes: ['gc'] });
  const turns: Span[] = [];
  let last = 0;
  let immediate: NodeJS.Immediate | undefined;
  const turn = () => {
    const now = performance.now();
    if (now - last > SHORT_MILLISECONDS) turns.push({ start: last, end: now });
    last = now;
    immediate = setImmediate(turn);
  };
  return {
    start: () => {
      turns.length = collections.length = 0;
      last = performance.now();
      immediate = setImmediate(turn);
    },
    stop: () => {
      clearImmediate(immediate);
      turns.push({ start: last, end: performance.now() });
      note(observer.takeRecords());
      return { longestBlockMilliseconds: Math.max(...turns.map((one) => millisecondsWithout(collections, one))) };
    },
  };
}

function millisecondsWithout(others: readonly Span[], { start, end }: Span): number {
  const shared = others.map((other) => Math.max(0, Math.min(end, other.end) - Math.max(start, other.start)));
  return end - start - shared.reduce((sum, one) => sum + one, 0);
}
