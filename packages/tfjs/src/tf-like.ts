// What this package uses of a TensorFlow.js namespace, whichever package and version it comes from. Nothing of tfjs is imported.

/** The user's own `tf`: @tensorflow/tfjs, @tensorflow/tfjs-node or another namespace with these members. */
export interface TfLike {
  readonly Callback: { readonly prototype: object };
  engine(): object;
  getBackend(): string;
  memory(): MemoryInfo;
  /** Returns the tensors that `compute` returns. Their types are each tfjs's own: `never` goes with all of them. */
  tidy(compute: () => never): unknown;
  keep(tensor: never): unknown;
}

export interface MemoryInfo {
  readonly numTensors: number;
  readonly numBytes: number;
  /** On webgl and webgpu. */
  readonly numBytesInGPU?: number;
}

export interface ScalarLike {
  readonly isDisposed: boolean;
  clone(): ScalarLike;
  data(): Promise<ArrayLike<number>>;
  dataSync(): ArrayLike<number>;
  dispose(): void;
}

/** Any tensor, as far as norms need it; the operations are tfjs's chained ones. */
export interface TensorLike extends ScalarLike {
  square(): TensorLike;
  squaredDifference(other: TensorLike): TensorLike;
  sum(): TensorLike;
  add(other: TensorLike): TensorLike;
  clone(): TensorLike;
}

/** Logs hold tensors until somebody has read them, then numbers. */
export type Logs = Readonly<Record<string, number | ScalarLike | undefined>>;

/** `Params` of a fit: in `fit` samples and batchSize are known and steps is not; in `fitDataset` it is the other way round. */
export interface FitParams {
  readonly epochs?: number | null;
  readonly samples?: number | null;
  readonly batchSize?: number | null;
  readonly steps?: number | null;
  readonly doValidation?: boolean | null;
  readonly metrics?: readonly string[] | null;
}

export interface OptimizerLike {
  readonly learningRate?: unknown;
  /** Minus the learning rate that SGD and Momentum apply. */
  readonly c?: ScalarLike;
  getClassName?(): string;
}

export interface HistoryLike {
  readonly history: Readonly<Record<string, readonly (number | ScalarLike)[]>>;
  readonly onBatchBegin?: unknown;
}

/** A weight of a model: its name is that of its layer, a slash and its own. */
export interface WeightLike {
  readonly originalName: string;
  read(): TensorLike;
}

/** A `LayersModel`; for a Sequential tfjs hands callbacks its inner one. */
export interface ModelLike {
  readonly name?: string;
  readonly outputNames?: readonly string[];
  readonly optimizer?: OptimizerLike;
  readonly history?: HistoryLike;
  readonly trainableWeights?: readonly WeightLike[];
  isTraining?: unknown;
  stopTraining?: boolean;
}
