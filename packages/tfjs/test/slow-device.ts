import type { Tensor } from '@tensorflow/tfjs';
import type { TensorFlow } from './backends.ts';

/**
 * A back end that computes at once, but passes for `webgl`: what it is asked for is not answered until `answer` is called, and never if the tensor has
 * been disposed of by then. Counts what it is asked for.
 */
export class SlowDevice {
  /** The namespace to pass to us. */
  readonly tf: TensorFlow;
  reads = 0;
  blockingReads = 0;
  readonly #prototype: Tensor;
  readonly #data: Tensor['data'];
  readonly #dataSync: Tensor['dataSync'];
  readonly #answered: Promise<void>;
  /** Answers all that has been asked for, and from now on at once. */
  answer: () => void = () => {};

  constructor(tf: TensorFlow) {
    this.tf = { ...tf, getBackend: () => 'webgl' };
    this.#prototype = tf.Tensor.prototype as Tensor;
    this.#data = Reflect.get(this.#prototype, 'data');
    this.#dataSync = Reflect.get(this.#prototype, 'dataSync');
    this.#answered = new Promise((resolve) => {
      this.answer = resolve;
    });
    this.#slowDown();
  }

  restore(): void {
    this.#prototype.data = this.#data;
    this.#prototype.dataSync = this.#dataSync;
  }

  #slowDown(): void {
    const [data, dataSync, answered] = [this.#data, this.#dataSync, this.#answered];
    const countRead = () => this.reads++;
    const countBlockingRead = () => this.blockingReads++;
    this.#prototype.data = async function (this: Tensor) {
      countRead();
      await answered;
      return Reflect.apply(data, this, []) as ReturnType<typeof data>;
    } as typeof data;
    this.#prototype.dataSync = function (this: Tensor) {
      countBlockingRead();
      return Reflect.apply(dataSync, this, []);
    } as typeof dataSync;
  }
}
