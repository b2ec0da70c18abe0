import { fitMetrics } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { countedRegistry } from './fit/counted-registry.ts';
import { batchHooks } from './hooks/batch-hooks.ts';
import { nameAndVersion } from './measure/installed-version.ts';
import { interleave } from './measure/interleave.ts';
import { present } from './measure/present.ts';
import { type Spread, spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';

class EmptyCallback extends tf.Callback {}

const ROUNDS = 61;
const EMPTY = 'an empty callback list';
const OURS = 'fitMetrics';

await tf.setBackend('cpu');
await tf.ready();

const read = countedRegistry();
const unread = countedRegistry({ isReadLate: true });
const contenders = [
  await batchHooks({ name: EMPTY, callbacks: [] }),
  await batchHooks({ name: 'a class callback whose hooks are empty', callbacks: [new EmptyCallback()] }),
  await batchHooks({ name: "tfjs's own callback, which fit has by default", callbacks: [new tf.CustomCallback({}, 'auto')] }),
  await batchHooks({ name: OURS, callbacks: [fitMetrics(tf, { registry: read.registry })], readBack: read.steps }),
  await batchHooks({
    name: 'fitMetrics, before there is a reader',
    callbacks: [fitMetrics(tf, { registry: unread.registry })],
    readBack: unread.steps,
  }),
];
const nanoseconds = await interleave(contenders, { rounds: ROUNDS });

function microseconds(name: string): readonly number[] {
  return (nanoseconds.get(name) ?? []).map((one) => one / 1000);
}

function beyondEmpty(name: string): Spread {
  const empty = microseconds(EMPTY);
  return spreadOf(microseconds(name).map((one, round) => one - (empty[round] as number)));
}

present({
  title: 'Hooks',
  method: [
    `What our hooks cost for each batch of a \`fit\`. tfjs's \`CallbackList\` is built and called as \`fit\` does: it begins and ends batches whose logs hold a loss and an accuracy, its last callback is the model's \`History\`, and the optimizer of the model is told of no gradients in between, because we listen to both. The model computes nothing, and tfjs's \`BaseLogger\`, which does, is in none of the lists. What happens once a second or ten times a second is left out by this, and part of the section on training.`,
    `All lists run in one process, about 8 ms each in each of ${ROUNDS} rounds, in a random order: medians with the quartiles in brackets, differences within each round. In the end the registries have to hold as many steps as there were batches. With ${nameAndVersion('@tensorflow/tfjs')}.`,
  ],
  tables: [
    { title: 'Targets', rows: [targetRow({ what: OURS, against: EMPTY, unit: 'µs more', atMost: 2, measured: beyondEmpty(OURS) })] },
    {
      title: 'Time for one batch',
      rows: contenders.map(({ name }) => ({
        callbacks: name,
        µs: spreadOf(microseconds(name)),
        'beyond the empty list, µs': beyondEmpty(name),
      })),
    },
  ],
});
