import type { Naming } from './naming.ts';
import { prometheusLabel, prometheusName } from './prometheus-name.ts';

/** The final Prometheus names, for back ends that translate nothing. */
export const portableNaming: Naming = {
  metricName: prometheusName,
  attributes: (attributes) => Object.fromEntries(Object.entries(attributes).map(([key, value]) => [prometheusLabel(key), value])),
};
