import type { Row } from '../../grafana/layout.ts';
import { text } from '../../grafana/text.ts';

const content = `
Go through this from top to bottom; the first that is not so is usually the cause.

1. **Data source and time.** The data source above is the one that the metrics go to, and the time range is one in which the program ran.
2. **Job and Instance** are *All*. A choice that is kept from another dashboard or from an old instance hides everything else.
3. **Something reports**: the first number above. If not: the program calls \`startMetrics()\`, \`curl http://<host>:9464/metrics\` shows \`modelmeter_series\`, and Prometheus lists the target as up (Status → Target health).
4. **Values are there, but rates and percentiles are not**: the *Scrape interval* in the settings of the data source is shorter than that of Prometheus. They must be equal, or a rate finds fewer than two samples.
5. **Pushed by OTLP, and nothing has its name**: the receiver must translate names (\`ml.inference.duration\` in seconds is \`ml_inference_duration_seconds\`). In Prometheus that is \`translation_strategy: UnderscoreEscapingWithSuffixes\`, the default; where nothing translates, create the metrics with \`naming: 'portable'\`. Job and instance are then \`service.name\` and \`service.instance.id\`.
6. **One feature is missing**: what is not in use has no metrics, as objectives, streams or a GPU. A value that is not known is absent, never zero; a collector that fails is shown below.
`.trim();

export const emptyPanels: Row = {
  title: 'When panels are empty',
  panels: [text({ title: 'What to look at', height: 10, content })],
};
