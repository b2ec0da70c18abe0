import type { Contender } from '../measure/interleave.ts';
import { durations, MASK } from './values.ts';

export const CLOCK_PAIR = 'performance.now() twice';

/** Takes the sums, so that the compiler leaves none out. */
const sink = { seconds: 0 };

/** What recording is measured against: the loop that all contenders have, and the clock that a measured duration needs anyway. */
export const clockContenders: readonly Contender[] = [
  {
    name: 'the loop alone',
    run: (times) => {
      let sum = 0;
      for (let i = 0; i < times; i++) sum += durations[i & MASK] as number;
      sink.seconds += sum;
    },
  },
  {
    name: CLOCK_PAIR,
    run: (times) => {
      let sum = 0;
      for (let i = 0; i < times; i++) {
        const start = performance.now();
        sum += performance.now() - start;
      }
      sink.seconds += sum;
    },
  },
];
