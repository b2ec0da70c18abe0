import { type Backend, hasTfjsNode } from './fit/backends.ts';
import type { FitCosts } from './fit/fit-costs.ts';
import { CALLBACKS } from './fit/fit-variants.ts';
import { STEPS } from './fit/node-workloads.ts';
import { STEPS_A_TURN } from './fit/paced-fits.ts';
import { ComparedFits, inGroups, type TurnTimes } from './fit/step-times.ts';
import { nameAndVersion } from './measure/installed-version.ts';
import { medianInterval } from './measure/median-interval.ts';
import { present } from './measure/present.ts';
import { resultOfChild } from './measure/result-of-child.ts';
import { spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';

// Whether ours costs a percent is found out in two ways that answer one question each. Steps a second of a fit are those of a long one: pairs of turns in fits that
// have been running for thousands of steps, so that the compiler is done with tfjs and with us alike. What a fit costs once, and steps that the
// compiler is not done with, are told apart from that: they weigh as much as a fit is short. How the pairs are made was decided by the two fits without
// callbacks, which differ by nothing but the noise of the measurement.

const PROGRAM = new URL('./fit/measure-in-child.ts', import.meta.url);
const COSTS = new URL('./fit/fit-costs.ts', import.meta.url);
const PAIRS = 1000;
const PAIR_WARM_UPS = 250;
const EPOCHS = 21;
const WARM_UPS = 50;
const TURNS_AN_EPOCH = STEPS / STEPS_A_TURN;
/** In about as many steps ours gives the event loop a turn once. */
const STEPS_A_YIELD = 100;
const BACKENDS: readonly Backend[] = ['cpu', 'wasm', ...(hasTfjsNode ? (['tensorflow'] as const) : [])];
const NAMES: Readonly<Record<Backend, string>> = { cpu: 'cpu', wasm: 'wasm', tensorflow: 'tfjs-node' };
const OPTIONS = { silent: true, timeout: 300_000 };

async function turnsOf(backend: Backend, competition: 'pairs' | 'all', warmUps: number, rounds: number): Promise<TurnTimes> {
  const args = [backend, competition, String(warmUps), String(rounds)];
  return resultOfChild<TurnTimes>(PROGRAM, args, { ...OPTIONS, execArgv: ['--expose-gc'] });
}

/** Ours and the fit without callbacks that nothing but noise tells from its peer, each beside that. */
function pairRows(backend: Backend, { elapsed, processor }: TurnTimes) {
  const ways = [
    { unit: '% slower', times: elapsed, atMost: 1 },
    { unit: `% slower, ${STEPS_A_YIELD} steps a pair`, times: inGroups(STEPS_A_YIELD / STEPS_A_TURN, elapsed) },
    { unit: '% more processor time', times: processor },
  ];
  return ways.flatMap(({ unit, times, atMost }) => {
    const fits = new ComparedFits(NAMES[backend], times);
    return [{ what: CALLBACKS.ours, ...(atMost === undefined ? {} : { atMost }) }, { what: CALLBACKS.noneAgain }].map((row) => {
      const percents = fits.percentsSlower(row.what, CALLBACKS.none);
      const [least, most] = medianInterval(percents).map((one) => one.toFixed(2));
      const measured = spreadOf(percents);
      const cells = targetRow({ ...row, what: `${row.what}, ${fits.backend}`, against: CALLBACKS.none, unit, measured });
      return { ...cells, 'median, 95 % sure': `${least} to ${most}`, pairs: percents.length };
    });
  });
}

const pairs = [];
const costs: FitCosts[] = [];
const results: ComparedFits[] = [];
for (const backend of BACKENDS) {
  pairs.push(...pairRows(backend, await turnsOf(backend, 'pairs', PAIR_WARM_UPS, PAIRS)));
  costs.push(await resultOfChild<FitCosts>(COSTS, [backend], OPTIONS));
  const { elapsed } = await turnsOf(backend, 'all', WARM_UPS, EPOCHS * TURNS_AN_EPOCH);
  results.push(new ComparedFits(NAMES[backend], inGroups(TURNS_AN_EPOCH, elapsed)));
}

const targets = results.flatMap((fits) =>
  [
    { what: CALLBACKS.everyOption, against: CALLBACKS.none, atMost: 5 },
    { what: CALLBACKS.ours, against: CALLBACKS.noneNever },
  ].map((row) =>
    targetRow({ ...row, what: `${row.what}, ${fits.backend}`, unit: '% slower', measured: fits.percentSlower(row.what, row.against) }),
  ),
);

present({
  title: 'Training',
  method: [
    `How fast \`model.fit\` takes steps with different callbacks, on models so small that a step takes about a millisecond. Every contender trains a model in one long fit; all models begin with the same weights and get the same data. The fits of a process take turns of ${STEPS_A_TURN} steps, in an order that is random each time, so that whatever else the machine does falls on all of them alike; for each fit, time stands still while it is not its turn. Medians have the quartiles in brackets.`,
    `In pairs there are three fits in a process: two without callbacks, and one with ours. They take ${(PAIR_WARM_UPS * STEPS_A_TURN).toLocaleString('en-US')} steps each before they are measured, as the compiler takes about as long, and ${(PAIRS * STEPS_A_TURN).toLocaleString('en-US')} that are: ${PAIRS.toLocaleString('en-US')} pairs of turns. The youngest garbage is collected between turns. The fit without callbacks once more shows how much is noise: it differs from its peer by nothing else. The interval in which the median lies is found by bootstrap. A pair of ${STEPS_A_YIELD} steps is ${STEPS_A_YIELD / STEPS_A_TURN} turns added up: what ours does once in that time, to give the event loop a turn, is in each of those, and else in every tenth pair. Processor time is that of all threads, whatever other processes do.`,
    `All the others compete in a process of their own. Their figures are of ${EPOCHS} epochs of ${STEPS} steps, percentages within each epoch, after ${WARM_UPS * STEPS_A_TURN} steps of each: so the compiler is still at work in them. What a fit costs once, to begin and to end, is in none of these figures, but in a table of its own: fits of one step on one model, in turns.`,
    `Without callbacks, or with plain objects, tfjs gives the event loop a turn every 125 ms (\`yieldEvery: 'auto'\`). With a class callback it gives none; ours does so by itself every 100 ms. So there is also a fit without callbacks that gives none. The registry has a reader, which collects once in a thousand steps, about once a second. "Every option" is \`onNonFinite: 'stop'\`, which reads the loss of each batch, \`parameterNorms({ layers: true })\`, \`gradientNorm()\`, \`improvement()\` and \`saveTime()\`. In the end the registry has to hold every step.`,
    `With ${nameAndVersion('@tensorflow/tfjs')}${hasTfjsNode ? '' : '. tfjs-node and its tensorBoard were not there: set MODELMETER_TFJS_NODE="$(.ci/build-tfjs-node)"'}.`,
  ],
  tables: [
    { title: 'Pairs', rows: pairs },
    { title: 'Others', rows: targets },
    {
      title: 'Once for each fit, µs',
      rows: BACKENDS.map((backend, i) => {
        const { none, ours, more } = costs[i] as FitCosts;
        return { 'back end': NAMES[backend], 'a fit of one step': none, 'with fitMetrics': ours, more };
      }),
    },
    ...results.map((fits) => ({
      title: `Steps a second, ${fits.backend}`,
      rows: fits.names.map((name) => ({
        callbacks: name,
        'steps/s': fits.stepsPerSecond(name),
        [`% slower than ${CALLBACKS.none}`]: fits.percentSlower(name, CALLBACKS.none),
      })),
    })),
  ],
});
