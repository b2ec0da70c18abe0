import type { BoundCounter, BoundHistogram, BoundUpDownCounter, RunSeries } from '@modelmeter/core';
import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/inference-metrics';
import { ERROR_TYPES } from './error-types.ts';
import type { InferenceSettings } from './inference-options.ts';

const MAX_STAGES_AT_HAND = 32;

interface Failures {
  readonly count: BoundCounter;
  /** Bound with the first of them: no series of zeros for what never happens. */
  duration?: BoundHistogram;
}

/** The series of one model's requests. Nothing here is guarded: callers see to it that a failure of ours goes no further. */
export class RequestSeries {
  /** Requests in flight. */
  readonly active: BoundUpDownCounter;
  /** All of them, and what else ends with the model. */
  readonly series: RunSeries;
  readonly #settings: InferenceSettings;
  readonly #ofModel: { readonly [attribute.modelName.key]: string };
  readonly #ofVersion: { readonly [attribute.modelName.key]: string; readonly [attribute.modelVersion.key]?: string };
  readonly #duration: BoundHistogram;
  readonly #failures = new Map<string, Failures>();
  readonly #objectiveSeconds: number;
  readonly #misses: BoundCounter | undefined;
  readonly #stages = new Map<string, BoundHistogram>();
  #queue: BoundUpDownCounter | undefined;
  #batchSize: BoundHistogram | undefined;
  #timeToFirstChunk: BoundHistogram | undefined;

  constructor(settings: InferenceSettings) {
    const { model, version, operation, objective, errorTypes, system, revision, registry } = settings;
    this.#settings = settings;
    this.series = registry.beginRun();
    this.#ofModel = { [attribute.modelName.key]: model };
    this.#ofVersion = { ...this.#ofModel, ...(version === undefined ? {} : { [attribute.modelVersion.key]: version }) };
    this.#duration = this.#bindDuration(undefined);
    this.active = this.series.bind(metric.inferenceActiveRequests, { ...this.#ofModel, [attribute.operationName.key]: operation });
    for (const type of [...ERROR_TYPES, ...errorTypes]) {
      const attributes = { ...this.#ofVersion, [attribute.operationName.key]: operation, [attribute.errorType.key]: type };
      this.#failures.set(type, { count: this.series.bind(metric.inferenceErrors, attributes) });
    }
    this.#objectiveSeconds = objective?.latencySeconds ?? Infinity;
    if (objective) {
      this.#misses = this.series.bind(metric.inferenceObjectiveMisses, this.#ofVersion);
      this.series.bind(metric.inferenceObjectiveLatency, this.#ofModel).set(objective.latencySeconds);
      this.series.bind(metric.inferenceObjectiveTarget, this.#ofModel).set(objective.target);
    }
    if (system !== undefined || revision !== undefined) {
      const info = { ...this.#ofVersion, [attribute.systemName.key]: system, [attribute.modelRevision.key]: revision };
      this.series.bind(metric.modelInfo, info).set(1);
    }
  }

  /** A request is over that took so long. Its place among the active ones is the caller's to give back. */
  succeeded(elapsedSeconds: number): void {
    this.#duration.record(elapsedSeconds);
    if (elapsedSeconds > this.#objectiveSeconds) this.#misses?.add();
  }

  /** The type that an error of this type is counted under. */
  knownType(type: string): string {
    return this.#failures.has(type) ? type : '_OTHER';
  }

  /** A request has failed after so long. @param type one of the known types or of `errorTypes`; any other is `_OTHER`. */
  failed(elapsedSeconds: number, type: string): void {
    const known = this.knownType(type);
    const failures = this.#failures.get(known) as Failures;
    failures.count.add();
    failures.duration ??= this.#bindDuration(known);
    failures.duration.record(elapsedSeconds);
    if (elapsedSeconds > this.#objectiveSeconds || this.#settings.budgetErrors.has(known)) this.#misses?.add();
  }

  samples(count: number): void {
    this.#batchSize ??= this.series.bind(metric.inferenceBatchSize, this.#ofVersion);
    this.#batchSize.record(count);
  }

  firstChunk(elapsedSeconds: number): void {
    this.#timeToFirstChunk ??= this.series.bind(metric.inferenceTimeToFirstChunk, this.#ofVersion);
    this.#timeToFirstChunk.record(elapsedSeconds);
  }

  /** A stage is over that took so long. */
  stage(name: string, elapsedSeconds: number): void {
    let duration = this.#stages.get(name);
    if (!duration) {
      const attributes = { ...this.#ofModel, [attribute.inferenceStage.key]: name };
      duration = this.series.bind(metric.inferenceStageDuration, attributes, this.#settings.buckets);
      // Names that never end would fill the map; the registry records those beyond its limit as _OTHER.
      if (this.#stages.size < MAX_STAGES_AT_HAND) this.#stages.set(name, duration);
    }
    duration.record(elapsedSeconds);
  }

  /** Requests that wait. */
  get queue(): BoundUpDownCounter {
    return (this.#queue ??= this.series.bind(metric.inferenceQueueSize, this.#ofModel));
  }

  loaded(elapsedSeconds: number, errorType: string | undefined): void {
    this.series.bind(metric.modelLoadDuration, { ...this.#ofVersion, [attribute.errorType.key]: errorType }).record(elapsedSeconds);
  }

  warmedUp(elapsedSeconds: number): void {
    this.series.bind(metric.modelWarmupDuration, this.#ofVersion).set(elapsedSeconds);
  }

  /** Has the series go when every reader has had the last values and the registry's grace period has passed. */
  end(): void {
    this.series.end();
  }

  #bindDuration(errorType: string | undefined): BoundHistogram {
    const { operation, timing, buckets } = this.#settings;
    const attributes = {
      ...this.#ofVersion,
      [attribute.operationName.key]: operation,
      [attribute.timing.key]: timing,
      [attribute.errorType.key]: errorType,
    };
    return this.series.bind(metric.inferenceDuration, attributes, buckets);
  }
}
