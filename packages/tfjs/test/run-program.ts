import { setImmediate as turn } from 'node:timers/promises';
import type { History, LayersModel, Tensor } from '@tensorflow/tfjs';
import type { FitCallback } from '../src/fit/fit-callback.ts';
import { trackFit } from '../src/fit/track-fit.ts';
import type { TensorFlow } from './backends.ts';
import { HOOKS, type Hook } from './counting-callback.ts';
import { datasetOf, modelKinds, type ModelWithData } from './model-kinds.ts';
import { ownProperties } from './own-properties.ts';
import type { Deed, Program } from './random-program.ts';

/** All that a user can tell of a program that has run. */
export interface Outcome {
  readonly end: { history: unknown; epoch: unknown } | { error: string };
  readonly weights: readonly number[][];
  readonly tensors: number;
  readonly properties: unknown;
  /** The hooks that the user's callbacks have heard of, in order. */
  readonly calls: readonly string[];
}

/** Runs a program, with us where a callback is given. */
export async function runProgram(tf: TensorFlow, program: Program, ours?: FitCallback): Promise<Outcome> {
  const data = modelKinds[program.kind](tf);
  const { model } = data;
  const calls: string[] = [];
  const callbacks: unknown[] = program.deeds.map((deed, i) => styled(tf, program, hooksOf(tf, deed, `${i}`, calls, data, ours)));
  if (ours) callbacks.splice(program.style === 'plain' ? Math.max(1, program.place) : program.place, 0, ours);
  const before = tf.memory().numTensors;
  const fit = () => begin(program, data, callbacks);
  // Without the model, the end of a fit that throws is known only to who awaits it.
  const isTracked = ours && (program.isTracked || program.style === 'plain');
  const end = await (isTracked ? trackFit(ours, fit) : fit()).then(
    ({ history, epoch }) => ({ history, epoch }),
    (error: unknown) => ({ error: String(error) }),
  );
  // Reads that nobody waits for.
  for (let i = 0; i < 3; i++) await turn();
  const tensors = tf.memory().numTensors - before;
  const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
  const outcome = { end, weights, tensors, properties: ownProperties(model), calls };
  tf.dispose([data.xs, data.ys]);
  model.dispose();
  return outcome;
}

async function begin(program: Program, { model, xs, ys }: ModelWithData, callbacks: unknown[]): Promise<History> {
  const { epochs, initialEpoch, batchSize, hasValidation } = program;
  const args = { epochs, initialEpoch, verbose: 0, callbacks: callbacks as FitCallback[] };
  const validationData = [xs, ys] as [Tensor, Tensor];
  if (program.method === 'fit') return model.fit(xs, ys, { ...args, batchSize, shuffle: false, ...(hasValidation && { validationData }) });
  return model.fitDataset(datasetOf({ xs, ys }), { ...args, ...(hasValidation && { validationData }) });
}

function styled(tf: TensorFlow, { style }: Program, hooks: Record<Hook, () => Promise<void>>): unknown {
  if (style === 'plain') return hooks;
  if (style === 'CustomCallback') return new tf.CustomCallback(hooks, 'never');
  class Own extends tf.Callback {}
  return Object.assign(new Own(), hooks);
}

function hooksOf(
  tf: TensorFlow,
  deed: Deed,
  name: string,
  calls: string[],
  data: ModelWithData,
  ours?: FitCallback,
): Record<Hook, () => Promise<void>> {
  let count = 0;
  const hookOf = (hook: Hook) => () => {
    calls.push(`${name} ${hook}`);
    return hook === deed.hook && ++count === deed.atCall ? doDeed(tf, deed, data, ours) : Promise.resolve();
  };
  return Object.fromEntries(HOOKS.map((hook) => [hook, hookOf(hook)])) as Record<Hook, () => Promise<void>>;
}

function doDeed(tf: TensorFlow, { what, hook }: Deed, { model, xs, ys }: ModelWithData, ours?: FitCallback): Promise<void> {
  if (what === 'throw') throw new RangeError(`thrown in ${hook}`);
  return { ...deeds, throw: async () => {} }[what](tf, hook, model, xs, ys, ours);
}

type Do = (
  tf: TensorFlow,
  hook: Hook,
  model: LayersModel,
  xs: Tensor | Tensor[],
  ys: Tensor | Tensor[],
  ours?: FitCallback,
) => Promise<void>;

const deeds: Record<Exclude<Deed['what'], 'throw'>, Do> = {
  nothing: async () => {},
  reject: (_tf, hook) => Promise.reject(new TypeError(`rejected in ${hook}`)),
  stop: async (_tf, _hook, model) => {
    model.stopTraining = true;
  },
  yield: () => turn(),
  evaluate: async (tf, _hook, model, xs, ys) => tf.dispose(model.evaluate(xs, ys)),
  save: async (tf, _hook, model) => {
    await model.save(tf.io.withSaveHandler(async () => ({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } })));
  },
  fit: async (tf, _hook, _model, _xs, _ys, ours) => {
    const { model, xs, ys } = modelKinds.functional(tf);
    await model.fit(xs, ys, { epochs: 1, verbose: 0, ...(ours && { callbacks: ours }) });
    tf.dispose([xs, ys]);
    model.dispose();
  },
};
