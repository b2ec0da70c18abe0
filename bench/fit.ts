import { type Backend, hasTfjsNode } from './fit/backends.ts';
import { CALLBACKS } from './fit/fit-variants.ts';
import { STEPS } from './fit/node-workloads.ts';
import { STEPS_A_TURN } from './fit/paced-fits.ts';
import { ComparedFits, type StepTimes } from './fit/step-times.ts';
import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { resultOfChild } from './measure/result-of-child.ts';
import { targetRow } from './measure/target.ts';

const PROGRAM = new URL('./fit/measure-in-child.ts', import.meta.url);
const EPOCHS = 21;
const BACKENDS: readonly Backend[] = ['cpu', 'wasm', ...(hasTfjsNode ? (['tensorflow'] as const) : [])];
const NAMES: Readonly<Record<Backend, string>> = { cpu: 'cpu', wasm: 'wasm', tensorflow: 'tfjs-node' };

async function fitOn(backend: Backend): Promise<ComparedFits> {
  return new ComparedFits(NAMES[backend], await resultOfChild<StepTimes>(PROGRAM, [backend, String(EPOCHS)], { silent: true }));
}

const results: ComparedFits[] = [];
for (const backend of BACKENDS) results.push(await fitOn(backend));

const targets = results.flatMap((fits) =>
  [
    { what: CALLBACKS.ours, against: CALLBACKS.none, atMost: 1 },
    { what: CALLBACKS.everyOption, against: CALLBACKS.none, atMost: 5 },
    { what: CALLBACKS.ours, against: CALLBACKS.noneNever },
  ].map((row) =>
    targetRow({ ...row, what: `${row.what}, ${fits.backend}`, unit: '% slower', measured: fits.percentSlower(row.what, row.against) }),
  ),
);

present({
  title: 'Training',
  method: [
    `How fast \`model.fit\` takes steps with different callbacks, on models so small that a step takes about a millisecond. Each back end has a process of its own, in which every contender trains a model in one long fit; all models begin with the same weights and get the same data. The fits take turns of ${STEPS_A_TURN} steps, in an order that is random each time, so that whatever else the machine does falls on all of them alike; for each fit, time stands still while it is not its turn. Figures are of ${EPOCHS} epochs of ${STEPS} steps: medians with the quartiles in brackets, percentages within each epoch. What a fit costs once, to begin and to end, is not in them.`,
    `Without callbacks, or with plain objects, tfjs gives the event loop a turn every 125 ms (\`yieldEvery: 'auto'\`). With a class callback it gives none; ours does so by itself every 100 ms. So there is also a fit without callbacks that gives none. The registry has a reader, which collects once in a thousand steps, about once a second. "Every option" is \`onNonFinite: 'stop'\`, which reads the loss of each batch, \`parameterNorms({ layers: true })\`, \`gradientNorm()\`, \`improvement()\` and \`saveTime()\`. In the end the registry has to hold every step.`,
    `With ${nameAndVersion('@tensorflow/tfjs')}${hasTfjsNode ? '' : '. tfjs-node and its tensorBoard were not there: set MODELMETER_TFJS_NODE="$(.ci/build-tfjs-node)"'}.`,
  ],
  tables: [
    { title: 'Targets', rows: targets },
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
