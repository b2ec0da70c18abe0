import type { CustomCallback } from '@tensorflow/tfjs';

type TensorFlow = typeof import('@tensorflow/tfjs');

const WIDTH = 30;
const REDRAW_EVERY_MILLISECONDS = 100;

/** A callback that draws one bar for each epoch: redrawn in place on a terminal, one line when the epoch is over elsewhere. */
export function progressBar(
  tf: TensorFlow,
  epochs: number,
  stepsPerEpoch: number,
  out: NodeJS.WriteStream = process.stdout,
): CustomCallback {
  let drawnAt = 0;
  let epoch = 0;
  const draw = (steps: number, end: string) => {
    const filled = Math.round((WIDTH * steps) / stepsPerEpoch);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    out.write(`${out.isTTY ? '\r' : ''}  epoch ${epoch + 1}/${epochs} ${bar} ${steps}/${stepsPerEpoch} steps${end}`);
  };
  return new tf.CustomCallback(
    {
      onEpochBegin: async (begun) => {
        epoch = begun;
      },
      onBatchBegin: async (batch) => {
        if (!out.isTTY || performance.now() - drawnAt < REDRAW_EVERY_MILLISECONDS) return;
        drawnAt = performance.now();
        draw(batch, '');
      },
      onEpochEnd: async (_epoch, logs) => draw(stepsPerEpoch, `  ${summary(logs)}\n`),
    },
    'never',
  );
}

function summary(logs: Record<string, number> = {}): string {
  const of = (key: string) => logs[key]?.toFixed(3) ?? '–';
  return `loss ${of('loss')}, accuracy ${of('acc')}, validation accuracy ${of('val_acc')}`;
}
