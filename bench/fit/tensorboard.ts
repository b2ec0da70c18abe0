import type { Contender } from '../measure/interleave.ts';
import type { TensorFlow } from './backends.ts';
import type { FitContenders } from './fit-contenders.ts';

interface TfjsNode extends TensorFlow {
  readonly node: { tensorBoard(logFolder: string, options: { updateFreq: 'batch' | 'epoch' }): never };
}

/** tfjs-node's own callback, where there is tfjs-node; `epoch` is its default. */
export function tensorBoardFits(tf: TensorFlow, fits: FitContenders, logFolder: string): readonly Contender[] {
  if (!('node' in tf)) return [];
  const { node } = tf as TfjsNode;
  return (['epoch', 'batch'] as const).map((updateFreq) =>
    fits.with(`tensorBoard, updateFreq: '${updateFreq}'`, () => ({
      callbacks: node.tensorBoard(`${logFolder}/${updateFreq}`, { updateFreq }),
    })),
  );
}
