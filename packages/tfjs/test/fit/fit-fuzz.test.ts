import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TensorFlow, useBackend } from '../backends.ts';
import { faultyMetrics } from '../faulty-metrics.ts';
import { randomProgram } from '../random-program.ts';
import { runProgram } from '../run-program.ts';

const PROGRAMS = 150;
const PER_TEST = 15;
const FIRST_SEED = 20_260_101;

describe('random programs, with random faults in what we stand on', () => {
  let tf: TensorFlow;
  const rejections: unknown[] = [];
  const onRejection = (reason: unknown) => rejections.push(reason);
  beforeAll(async () => {
    tf = await useBackend('cpu');
    process.on('unhandledRejection', onRejection);
  });
  afterAll(() => void process.off('unhandledRejection', onRejection));

  const firsts = Array.from({ length: PROGRAMS / PER_TEST }, (_, i) => FIRST_SEED + i * PER_TEST);
  test.each(firsts)(
    'end as they do without us, leave the same behind, and no run is left open: seeds from %i',
    { timeout: 60_000 },
    async (first) => {
      const prototype = Object.getOwnPropertyDescriptors(tf.LayersModel.prototype);
      for (let seed = first; seed < first + PER_TEST; seed++) {
        const program = randomProgram(seed);
        const what = `seed ${seed}: ${JSON.stringify(program)}`;
        const without = await runProgram(tf, program);
        const { callback, active } = faultyMetrics(tf, program);
        expect(await runProgram(tf, program, callback), what).toEqual(without);
        expect(await active(), what).toBe(0);
        expect(Object.getOwnPropertyDescriptors(tf.LayersModel.prototype), what).toEqual(prototype);
        expect(rejections, what).toEqual([]);
      }
    },
  );
});
