import type { ScalarLike } from '../tf-like.ts';
import { EngineCalls } from './engine-calls.ts';
import type { ReturnedTensor, TfOfModels } from './tf-of-models.ts';

/**
 * Resolves when the device has computed all of the tensors. They may be disposed of meanwhile: what is asked for are copies, which share their data,
 * and no `tidy` disposes of those.
 */
export async function whenComputed(tf: TfOfModels, tensors: readonly ReturnedTensor[]): Promise<void> {
  const calls = EngineCalls.of(tf.engine());
  const copies: ScalarLike[] = [];
  try {
    for (const tensor of tensors) {
      const copy = tensor.clone();
      copies.push(copy);
      calls.held++;
      tf.keep(copy as never);
    }
    await Promise.all(copies.map((copy) => copy.data()));
  } finally {
    for (const copy of copies) copy.dispose();
    calls.held -= copies.length;
  }
}
