import * as metric from '@modelmeter/core/training-metrics';
import { checkSteps } from '../check-option.ts';
import type { FitProbe } from '../fit/fit-probe.ts';
import { readOwn } from '../tensors/device-reads.ts';
import { squaredGradientNorm } from '../tensors/gradient-norm.ts';
import type { TensorLike } from '../tf-like.ts';

export interface GradientNormOptions {
  /**
   * Of which steps: every n-th from the first one on, an integer from 1.
   * @default 10
   */
  readonly everySteps?: number;
}

/**
 * A probe of `fitMetrics` that records the norm of the gradient, `ml.training.gradient.norm`.
 * @throws RangeError that names the option and its value.
 */
export function gradientNorm({ everySteps = 10 }: GradientNormOptions = {}): FitProbe {
  checkSteps('everySteps', everySteps);
  return {
    begin({ tf, run: { values }, reads }) {
      let steps = 0;
      const norm = values.ofModel(metric.trainingGradientNorm, {});
      const nonFinite = values.nonFinite('gradient');
      return {
        onGradients(gradients) {
          if (steps++ % everySteps !== 0) return;
          const squared = tf.tidy(() => squaredGradientNorm(gradients) as never) as TensorLike | undefined;
          if (!squared) return;
          tf.keep(squared as never);
          readOwn(reads, [squared], ([sum]) => values.setFinite(norm, nonFinite, 'gradient', Math.sqrt(sum as number)));
        },
      };
    },
  };
}
