import { prometheusLabel } from '@modelmeter/core';
import type { AttributeValue, Attributes } from '@opentelemetry/api';

export interface LabelOptions {
  /** Labels that are set whatever the attributes are. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Whether the lines have an `le` label of their own; an attribute of that name then becomes `exported_le`. */
  readonly isHistogram?: boolean;
}

/**
 * Attributes as labels, sorted by name: `a="1",b="2"`. Where keys become one label, their values are joined with `;` in the order of the keys
 * (OpenTelemetry specification, Prometheus compatibility).
 */
export function labelText(attributes: Attributes, { fixed = {}, isHistogram = false }: LabelOptions = {}): string {
  const labels = new Map<string, string>();
  for (const key of Object.keys(attributes).sort()) {
    const value = attributes[key];
    if (value == null) continue;
    const label = labelName(key, isHistogram);
    const before = labels.get(label);
    labels.set(label, before === undefined ? valueText(value) : `${before};${valueText(value)}`);
  }
  for (const [label, value] of Object.entries(fixed)) labels.set(label, value);
  const sorted = [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([label, value]) => `${label}="${escape(value)}"`).join(',');
}

function labelName(key: string, isHistogram: boolean): string {
  // Labels that begin with two underscores are Prometheus' own, `__name__` above all.
  const label = prometheusLabel(key).replace(/^_{2,}/, '_');
  if (label === '') return '_';
  return isHistogram && label === 'le' ? 'exported_le' : label;
}

function valueText(value: AttributeValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

function escape(value: string): string {
  return /[\\"\n]/.test(value) ? value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n') : value;
}
