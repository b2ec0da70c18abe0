import type { Clock, HookErrors } from '@modelmeter/core';
import { isSynchronous } from '../tensors/device-reads.ts';
import { CallTensors } from './call-tensors.ts';
import type { ModelMethod, ModelSeries } from './model-series.ts';
import { tensorsIn, type TfOfModels } from './tf-of-models.ts';
import type { WaitingTurns } from './waiting-turns.ts';
import { whenComputed } from './when-computed.ts';

/** What the calls of one model share. */
export interface CallSetting {
  readonly tf: TfOfModels;
  readonly clock: Clock;
  readonly series: ModelSeries;
  readonly turns: WaitingTurns;
  readonly errors: HookErrors;
}

/** One call of a method of a model, from before it begins until it has returned, thrown or settled. */
export class ModelCall {
  readonly #method: ModelMethod;
  readonly #setting: CallSetting;
  readonly #tensors: CallTensors;
  readonly #beganSeconds: number;

  /** @param keepsTensors whether the model keeps tensors that this call makes, as its own. */
  constructor(method: ModelMethod, setting: CallSetting, keepsTensors: boolean) {
    this.#method = method;
    this.#setting = setting;
    this.#tensors = new CallTensors(setting.tf, method === 'executeAsync', keepsTensors);
    this.#beganSeconds = setting.clock.monotonicSeconds();
    this.#tensors.begin();
  }

  /** The method has returned, a promise perhaps. */
  onReturned(result: unknown): void {
    this.#tensors.onReturned(result);
  }

  succeeded(returned: unknown): void {
    const { tf, clock, series, turns } = this.#setting;
    const elapsedSeconds = this.#end(returned);
    if (isSynchronous(tf.getBackend())) {
      series.record(this.#method, 'complete', elapsedSeconds);
      return;
    }
    const outputs = turns.take(this.#method) ? tensorsIn(returned) : [];
    const dispatched = () => series.record(this.#method, 'dispatch', elapsedSeconds);
    if (outputs.length === 0) dispatched();
    else {
      const onComputed = () => series.record(this.#method, 'complete', clock.monotonicSeconds() - this.#beganSeconds);
      void this.#wait(whenComputed(tf, outputs), onComputed, dispatched);
    }
  }

  /** How long it took is not recorded: that says nothing of the model. */
  failed(): void {
    this.#end(undefined);
  }

  /** @returns how long the call took, in seconds. */
  #end(returned: unknown): number {
    const { clock, series } = this.#setting;
    this.#tensors.end();
    const elapsedSeconds = clock.monotonicSeconds() - this.#beganSeconds;
    const left = this.#tensors.leftBeyond(returned);
    if (left > 0) series.leaked.add(left);
    return elapsedSeconds;
  }

  /** Of a call whose outputs cannot be read all that is known is how long it took to hand it over. */
  async #wait(computed: Promise<void>, onComputed: () => void, onLost: () => void): Promise<void> {
    const { errors } = this.#setting;
    try {
      await computed;
    } catch (error) {
      errors.report(this.#method, error);
      errors.guard(this.#method, onLost);
      return;
    }
    errors.guard(this.#method, onComputed);
  }
}
