import { type Spread, spreadOf } from '../measure/spread.ts';
import { interleave } from '../measure/interleave.ts';
import { type Backend, loadTensorFlow } from './backends.ts';
import { fitVariants } from './fit-variants.ts';
import { WORKLOADS } from './node-workloads.ts';
import { makeFit } from './workload.ts';

// What a fit of one step takes, by callback, on one back end in a process of its own: argv is the back end.

const ROUNDS = 150;
const FITS_A_ROUND = 4;

/** Microseconds that a fit takes, without callbacks and with ours, and the difference round by round. */
export interface FitCosts {
  readonly none: Spread;
  readonly ours: Spread;
  readonly more: Spread;
}

process.on('disconnect', () => process.exit());
const backend = process.argv[2] as Backend;
const tf = await loadTensorFlow(backend);
const { none, ours } = fitVariants(tf);
const fit = makeFit(tf, { ...WORKLOADS[backend], steps: 1 });
const contenders = [none, ours].map(({ name, args }) => ({
  name,
  run: async (times: number) => {
    for (let i = 0; i < times; i++) await fit(args());
  },
}));
const nanoseconds = await interleave(contenders, { rounds: ROUNDS, times: FITS_A_ROUND, warmUps: ROUNDS });
const microseconds = (name: string) => (nanoseconds.get(name) ?? []).map((one) => one / 1000);
const bare = microseconds(none.name);
const withOurs = microseconds(ours.name);
process.send?.({
  none: spreadOf(bare),
  ours: spreadOf(withOurs),
  more: spreadOf(withOurs.map((one, round) => one - (bare[round] as number))),
} satisfies FitCosts);
