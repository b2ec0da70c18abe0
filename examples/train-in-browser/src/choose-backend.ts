// It registers itself.
// oxlint-disable-next-line import/no-unassigned-import
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs';

const BEST_FIRST = ['webgpu', 'webgl', 'cpu'] as const;

/**
 * Sets the back end that was asked for, or the best that works, and returns its name.
 * @throws Error when the one that was asked for does not work here.
 */
export async function chooseBackend(asked: string | null): Promise<string> {
  for (const backend of asked === null ? BEST_FIRST : [asked]) {
    if (await tf.setBackend(backend).catch(() => false)) {
      await tf.ready();
      return tf.getBackend();
    }
  }
  throw new Error(`the back end ${asked ?? BEST_FIRST.join(', ')} does not work in this browser`);
}
