import { type Clock, defaultRegistry, type Registry, systemClock } from '@modelmeter/core';
import { BUCKET_PRESETS, type BucketPreset } from './bucket-presets.ts';
import { checkFunction, checkList, checkName, checkNumber, checkOneOf, shown } from './check-option.ts';
import { ERROR_TYPES, type ErrorType } from './error-types.ts';

/** What users of a model were promised. */
export interface Objective {
  /** How long a request may take, in seconds above 0. */
  readonly latencySeconds: number;
  /** Share of requests that are to meet the objective, above 0 and below 1. */
  readonly target: number;
}

/** What is measured and how, the same for every request. */
export interface InferenceOptions {
  /** `ml.model.name`. */
  readonly model: string;
  /** `ml.model.version`. @default none */
  readonly version?: string;
  /** `ml.operation.name`: predict, classify, regress, embed, rank, detect, generate or custom. @default 'predict' */
  readonly operation?: string;
  /** `dispatch` where what is wrapped only hands work to an asynchronous device. @default 'complete' */
  readonly timing?: 'complete' | 'dispatch';
  /** Upper bounds, in seconds, of the buckets of durations. @default 'standard' */
  readonly buckets?: BucketPreset | readonly number[];
  /** Requests that miss it are counted as they end. @default none */
  readonly objective?: Objective;
  /** Errors that miss the objective however fast they come. @default all types but `cancelled` and `invalid_input` */
  readonly budgetErrors?: readonly ErrorType[];
  /** Types of your own that `classifyError` may return, at most 10. @default none */
  readonly errorTypes?: readonly string[];
  /**
   * The type of an error, one of the known ones or of `errorTypes`; undefined leaves it to the name of the error: `AbortError` is `cancelled`,
   * `TimeoutError` is `timeout`, any other `_OTHER`. Never return a message.
   */
  readonly classifyError?: (error: unknown) => ErrorType | undefined;
  /** Library that runs the model, such as `onnxruntime`; with it or `revision`, `ml.model.info` is reported. @default none */
  readonly system?: string;
  /** What the model was made from, such as a commit. @default none */
  readonly revision?: string;
  /** How long a stream may stand still before it counts as a timeout, in seconds above 0. @default 300 */
  readonly timeoutSeconds?: number;
  /** @default defaultRegistry() */
  readonly registry?: Registry;
  /** @default systemClock */
  readonly clock?: Clock;
}

/** The options with their defaults. */
export interface InferenceSettings {
  readonly model: string;
  readonly version: string | undefined;
  readonly operation: string;
  readonly timing: 'complete' | 'dispatch';
  /** Of histograms in seconds, where neither the definitions nor the registry have a say. */
  readonly buckets: { readonly bounds?: readonly number[] };
  readonly objective: Objective | undefined;
  readonly budgetErrors: ReadonlySet<string>;
  readonly errorTypes: readonly string[];
  readonly classifyError: InferenceOptions['classifyError'];
  readonly system: string | undefined;
  readonly revision: string | undefined;
  readonly timeoutSeconds: number;
  readonly registry: Registry;
  readonly clock: Clock;
}

const NOT_IN_BUDGET: readonly string[] = ['cancelled', 'invalid_input'];
const MAX_OWN_ERROR_TYPES = 10;

/** @throws TypeError or RangeError that names the option and its value. */
export function readOptions(options: InferenceOptions): InferenceSettings {
  if (typeof options !== 'object' || options === null) throw new TypeError(`options are ${shown(options)}, not an object with a model`);
  const { model, version, operation = 'predict', timing = 'complete', buckets, objective, system, revision } = options;
  const { errorTypes = [], classifyError, timeoutSeconds = 300, registry = defaultRegistry(), clock = systemClock } = options;
  checkName('model', model);
  checkName('operation', operation);
  for (const [option, value] of Object.entries({ version, system, revision })) if (value !== undefined) checkName(option, value);
  checkOneOf('timing', timing, ['complete', 'dispatch']);
  checkNumber('timeoutSeconds', timeoutSeconds, 0, Infinity);
  checkList('errorTypes', errorTypes);
  if (errorTypes.length > MAX_OWN_ERROR_TYPES)
    throw new RangeError(`errorTypes has ${errorTypes.length} types, more than ${MAX_OWN_ERROR_TYPES}`);
  if (classifyError !== undefined) checkFunction('classifyError', classifyError);
  if (objective !== undefined) checkObjective(objective);
  const known: readonly string[] = [...ERROR_TYPES, ...errorTypes];
  const { budgetErrors = known.filter((type) => !NOT_IN_BUDGET.includes(type)) } = options;
  checkList('budgetErrors', budgetErrors);
  for (const type of budgetErrors) checkOneOf('budgetErrors', type, known);
  if (typeof registry?.bind !== 'function') throw new TypeError(`registry is ${shown(registry)}, not a Registry of @modelmeter/core`);
  return {
    model,
    version,
    operation,
    timing,
    objective,
    system,
    revision,
    errorTypes,
    classifyError,
    timeoutSeconds,
    registry,
    clock,
    buckets: readBuckets(buckets),
    budgetErrors: new Set(budgetErrors),
  };
}

function readBuckets(buckets: InferenceOptions['buckets']): InferenceSettings['buckets'] {
  // The definitions have the standard ones, and the registry may have others in their place.
  if (buckets === undefined) return {};
  if (typeof buckets === 'object') return { bounds: buckets };
  checkOneOf('buckets', buckets, Object.keys(BUCKET_PRESETS));
  return { bounds: BUCKET_PRESETS[buckets] };
}

function checkObjective({ latencySeconds, target }: Objective): void {
  checkNumber('objective.latencySeconds', latencySeconds, 0, Infinity);
  checkNumber('objective.target', target, 0, 1);
}
