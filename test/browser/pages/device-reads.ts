import * as tf from '@tensorflow/tfjs';

/** How often something was read from the device, since the watch began. */
export interface DeviceReads {
  /** Calls of the back end's `read` and `readSync`, by whether they block. */
  asked: number;
  askedToBlock: number;
  /** Transfers that the browser made: a back end answers from memory where it has read before. */
  transferred: number;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Owner = Record<string, Method>;

/** Counts reads until `stop` is called. */
export function watchDeviceReads(): { readonly reads: DeviceReads; readonly stop: () => void } {
  const reads = { asked: 0, askedToBlock: 0, transferred: 0 };
  const backend = tf.backend();
  const undo = [
    countCalls(backend, 'read', () => reads.asked++),
    countCalls(backend, 'readSync', () => reads.askedToBlock++),
    countCalls(WebGL2RenderingContext.prototype, 'readPixels', () => reads.transferred++),
    countCalls(WebGL2RenderingContext.prototype, 'getBufferSubData', () => reads.transferred++),
    countCalls(GPUBuffer.prototype, 'mapAsync', () => reads.transferred++),
    countCalls(GPUQueue.prototype, 'onSubmittedWorkDone', () => reads.transferred++),
  ];
  return { reads, stop: () => undo.forEach((restore) => restore()) };
}

function countCalls(object: object, name: string, count: () => void): () => void {
  const owner = object as Owner;
  const isOwn = Object.hasOwn(owner, name);
  const original = owner[name] as Method;
  owner[name] = function (...args) {
    count();
    return original.apply(this, args);
  };
  return () => {
    if (isOwn) owner[name] = original;
    else delete owner[name];
  };
}
