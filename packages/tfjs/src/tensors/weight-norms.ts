import { type DeviceReads, readOwn } from './device-reads.ts';
import type { ModelLike, TensorLike, TfLike, WeightLike } from '../tf-like.ts';

export interface Norms {
  /** Euclidean norm of the weights. */
  readonly norm: number;
  /** Norm of their change since the last time, relative to what they were; undefined the first time and where they were 0. */
  readonly relativeUpdate: number | undefined;
}

/** What the norms are of: a layer by name, or all of the model under the empty name. */
export type NormsByLayer = ReadonlyMap<string, Norms>;

/** Takes the norms of a model's trainable weights, whole and by layer, and keeps what the weights were. */
export class WeightNorms {
  readonly #tf: TfLike;
  readonly #model: ModelLike;
  readonly #reads: DeviceReads;
  /** Copies that share their data with the weights until those are assigned anew. */
  #before: readonly TensorLike[] = [];

  constructor(tf: TfLike, model: ModelLike, reads: DeviceReads) {
    this.#tf = tf;
    this.#model = model;
    this.#reads = reads;
  }

  /** Takes note of the weights that the next update is relative to. */
  remember(): void {
    this.dispose();
    this.#before = this.#copy();
  }

  /** Takes the norms of now; `take` gets them when they are known. */
  measure(take: (norms: NormsByLayer) => void): void {
    const weights = this.#model.trainableWeights ?? [];
    const before = this.#before.length === weights.length ? this.#before : [];
    const compute = (): TensorLike[] => [
      ...weights.map((weight) => weight.read().square().sum()),
      ...before.map((old) => old.square().sum()),
      ...before.map((old, i) => (weights[i] as WeightLike).read().squaredDifference(old).sum()),
    ];
    const sums = this.#tf.tidy(compute as () => never) as TensorLike[];
    this.remember();
    readOwn(this.#reads, sums, (values) => take(normsOf(weights, values, before.length > 0)));
  }

  dispose(): void {
    for (const tensor of this.#before) tensor.dispose();
    this.#before = [];
  }

  #copy(): TensorLike[] {
    return (this.#model.trainableWeights ?? []).map((weight) => weight.read().clone());
  }
}

function normsOf(weights: readonly WeightLike[], values: readonly number[], hasBefore: boolean): NormsByLayer {
  const sums = new Map<string, { now: number; before: number; change: number }>();
  weights.forEach(({ originalName }, i) => {
    for (const layer of ['', originalName.split('/')[0] ?? originalName]) {
      const sum = sums.get(layer) ?? { now: 0, before: 0, change: 0 };
      sum.now += values[i] as number;
      if (hasBefore) {
        sum.before += values[weights.length + i] as number;
        sum.change += values[2 * weights.length + i] as number;
      }
      sums.set(layer, sum);
    }
  });
  return new Map(
    Array.from(sums, ([layer, { now, before, change }]) => {
      const relativeUpdate = hasBefore && before > 0 ? Math.sqrt(change / before) : undefined;
      return [layer, { norm: Math.sqrt(now), relativeUpdate }];
    }),
  );
}
