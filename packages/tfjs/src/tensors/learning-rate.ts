import type { OptimizerLike } from '../tf-like.ts';
import { numberIn } from './device-reads.ts';

/**
 * The learning rate that the next step applies; undefined where the optimizer does not tell.
 *
 * SGD and Momentum apply a tensor of their own (`c`), which assigning `learningRate` does not change (tfjs-core 4.22, sgd_optimizer.ts:38-76).
 * It is read only where reading does not wait for a device.
 */
export function appliedLearningRate(optimizer: OptimizerLike | undefined, canReadTensors: boolean): number | undefined {
  const stated = typeof optimizer?.learningRate === 'number' ? optimizer.learningRate : undefined;
  if (!canReadTensors || !optimizer?.c || optimizer.c.isDisposed) return stated;
  const applied = -numberIn(optimizer.c);
  // The tensor holds 32-bit floats; where it agrees with the number that the user wrote, that number is the better one.
  return stated !== undefined && Math.fround(stated) === applied ? stated : applied;
}
