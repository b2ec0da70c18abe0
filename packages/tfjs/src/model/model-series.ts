import type { attributes, BoundCounter, BoundHistogram, RunSeries } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/inference-metrics';
import { tfjsMemoryLeakedTensors } from '@modelmeter/core/tfjs-memory-metrics';
import type { ModelSettings } from './model-options.ts';

export type ModelMethod = (typeof attributes.modelMethod)['values'][number];
export type Timing = (typeof attributes.timing)['values'][number];

/** The series of one measured model. Nothing here is guarded. */
export class ModelSeries {
  /** Tensors that calls have left behind. */
  readonly leaked: BoundCounter;
  readonly #series: RunSeries;
  readonly #ofModel: { readonly [attribute.modelName.key]: string };
  readonly #durations = new Map<ModelMethod, Partial<Record<Timing, BoundHistogram>>>();

  /** @param parameters undefined where they are not known. */
  constructor({ model, version, system, revision, registry }: ModelSettings, parameters: number | undefined) {
    this.#series = registry.beginRun();
    this.#ofModel = { [attribute.modelName.key]: model };
    const ofVersion = { ...this.#ofModel, [attribute.modelVersion.key]: version };
    this.leaked = this.#series.bind(tfjsMemoryLeakedTensors, this.#ofModel);
    const info = { ...ofVersion, [attribute.systemName.key]: system, [attribute.modelRevision.key]: revision };
    this.#series.bind(metric.modelInfo, info).set(1);
    if (parameters !== undefined) this.#series.bind(metric.modelParameters, ofVersion).set(parameters);
  }

  /** A call has succeeded that took so long. */
  record(method: ModelMethod, timing: Timing, elapsedSeconds: number): void {
    let ofMethod = this.#durations.get(method);
    if (!ofMethod) this.#durations.set(method, (ofMethod = {}));
    (ofMethod[timing] ??= this.#bindDuration(method, timing)).record(elapsedSeconds);
  }

  /** Has the series go when every reader has had the last values and the registry's grace period has passed. */
  end(): void {
    this.#series.end();
  }

  #bindDuration(method: ModelMethod, timing: Timing): BoundHistogram {
    const attributes = { ...this.#ofModel, [attribute.modelMethod.key]: method, [attribute.timing.key]: timing };
    return this.#series.bind(metric.modelCallDuration, attributes);
  }
}
