import type { Contender } from '../measure/interleave.ts';

export const BARE = { sync: 'the function alone', async: 'the async function alone' } as const;
export const CLOCK_PAIR = 'performance.now() twice around it';

/** Takes what functions return, so that the compiler leaves no call out. */
export const sink = { sum: 0 };

/** Functions of their own for each contender, as users wrap functions of their own. */
export const noOps = () => ({
  sync: (value: number): number => value + 1,
  async: async (value: number): Promise<number> => value + 1,
});

/** What wrapping is measured against. */
export function bareContenders(): readonly Contender[] {
  const { sync, async } = noOps();
  const timed = noOps().sync;
  return [
    {
      name: BARE.sync,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.sum += sync(i);
      },
    },
    {
      name: BARE.async,
      run: async (times) => {
        for (let i = 0; i < times; i++) sink.sum += await async(i);
      },
    },
    {
      name: CLOCK_PAIR,
      run: (times) => {
        for (let i = 0; i < times; i++) {
          const start = performance.now();
          sink.sum += timed(i);
          sink.sum += performance.now() - start;
        }
      },
    },
  ];
}
