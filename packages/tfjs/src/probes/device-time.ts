import * as attribute from '@modelmeter/core/attributes';
import * as metric from '@modelmeter/core/training-metrics';
import { checkSteps } from '../check-option.ts';
import type { FitProbe } from '../fit/fit-probe.ts';
import { stepsPerEpoch } from '../fit/steps-per-epoch.ts';
import { settle } from '../run/settle.ts';
import { SampledWaiting } from './sampled-waiting.ts';

export interface DeviceTimeOptions {
  /**
   * At which steps the device is waited for: every n-th, an integer from 1.
   * @default 10
   */
  readonly everySteps?: number;
}

/**
 * A probe of `fitMetrics` that, on webgl and webgpu, waits for the device at every n-th step and records how long that step really took.
 * `ml.training.time` is then there as well: what is waited for is `compute`. It slows training down a little. Other back ends have nothing to wait for.
 * @throws RangeError that names the option and its value.
 */
export function deviceTime({ everySteps = 10 }: DeviceTimeOptions = {}): FitProbe {
  checkSteps('everySteps', everySteps);
  return {
    waitsForDevice: true,
    begin({ clock, params, run, reads }) {
      if (reads.areImmediate) return {};
      // In `fit` the validation is part of the last step; in `fitDataset` it comes after it.
      const stepsBeforeValidation = (stepsPerEpoch(params) ?? NaN) - (params.samples == null ? 0 : 1);
      const waiting = new SampledWaiting(everySteps, params.doValidation ? stepsBeforeValidation : NaN);
      let stepBeganSeconds = 0;
      const record = () => {
        const waited = run.values.ofModel(metric.trainingStepDuration, { [attribute.timing.key]: 'complete' });
        waited.record(clock.monotonicSeconds() - stepBeganSeconds);
      };
      // The host does nothing meanwhile, so the time is that of what the device does.
      const spend = (wait: () => Promise<unknown> | undefined) =>
        settle(wait, run.enter(waiting.hasValidation ? 'validation' : waiting.steps > 1 ? 'compute' : 'compile'));
      return {
        onEpochBegin: () => waiting.onEpochBegin(),
        onStepBegin() {
          waiting.onStepBegin();
          stepBeganSeconds = run.sinceSeconds();
        },
        onValidation() {
          waiting.hasValidation = true;
        },
        onStepDone: ({ loss }) => spend(() => waiting.onStepEnd(loss, record)),
        onStepEnd: ({ loss }) => waiting.onStepOver(loss),
        // Before the next callbacks do what waits for the device as well.
        onEpochDone: ({ loss }) => spend(() => waiting.onEpochEnd(loss)),
      };
    },
  };
}
