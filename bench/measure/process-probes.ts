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

/** The longest time between two turns of the event loop, taken by an immediate in every turn. */
export function blockProbe(): Probe {
  let longest = 0;
  let last = 0;
  let immediate: NodeJS.Immediate | undefined;
  const turn = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    immediate = setImmediate(turn);
  };
  return {
    start: () => {
      longest = 0;
      last = performance.now();
      immediate = setImmediate(turn);
    },
    stop: () => {
      clearImmediate(immediate);
      return { longestBlockMilliseconds: Math.max(longest, performance.now() - last) };
    },
  };
}
