import type { InferenceMetrics } from '@modelmeter/inference';

interface Waiting<In, Out> {
  readonly input: In;
  readonly leave: () => void;
  readonly resolve: (output: Out) => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchQueueOptions {
  /** How many inputs make a batch at once. */
  readonly most: number;
  /** How long the first one waits for others, in milliseconds. */
  readonly waitMilliseconds: number;
}

/** Gathers what several requests ask for, and has it done together. */
export class BatchQueue<In, Out> {
  readonly #metrics: InferenceMetrics;
  readonly #run: (inputs: readonly In[]) => Promise<readonly Out[]>;
  readonly #options: BatchQueueOptions;
  #waiting: Waiting<In, Out>[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param run gives an output for each input; called in the context of one of the requests, so that it is a stage of that one. */
  constructor(metrics: InferenceMetrics, run: (inputs: readonly In[]) => Promise<readonly Out[]>, options: BatchQueueOptions) {
    this.#metrics = metrics;
    this.#run = run;
    this.#options = options;
  }

  ask(input: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject, leave: this.#metrics.enqueue() });
      if (this.#waiting.length >= this.#options.most) void this.#runBatch();
      else this.#timer ??= setTimeout(() => void this.#runBatch(), this.#options.waitMilliseconds);
    });
  }

  async #runBatch(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting;
    this.#waiting = [];
    for (const { leave } of batch) leave();
    try {
      const outputs = await this.#run(batch.map(({ input }) => input));
      for (const [i, { resolve }] of batch.entries()) resolve(outputs[i] as Out);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
