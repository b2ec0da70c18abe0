import { chooseBackend } from './choose-backend.ts';
import { pushMetrics } from './push-metrics.ts';
import { trainIris } from './train-iris.ts';

/** Put in by the bundler. */
declare const OTLP_URL: string;

function show(id: string, text: string): void {
  const place = document.getElementById(id);
  if (place) place.textContent = text;
}

const asked = new URLSearchParams(location.search);
const everySeconds = Number(asked.get('push-every-seconds') ?? 2);
const metrics = pushMetrics({ url: OTLP_URL, serviceName: 'train-in-browser', everySeconds });
try {
  show('backend', await chooseBackend(asked.get('backend')));
  show('state', 'training');
  const epochs = Number(asked.get('epochs') ?? 60);
  await trainIris({
    epochs,
    onEpoch({ epoch, loss, accuracy }) {
      show('epoch', `${epoch} of ${epochs}`);
      show('loss', loss.toFixed(4));
      show('accuracy', accuracy.toFixed(3));
    },
  });
  await metrics.forceFlush();
  show('state', 'done');
} catch (error) {
  show('state', String(error));
  throw error;
}
