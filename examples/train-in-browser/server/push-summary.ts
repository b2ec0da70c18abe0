import { attributes, type MetricDefinition, trainingMetrics as metric } from '@modelmeter/core';

interface Point {
  readonly attributes?: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
  readonly asDouble?: number;
}

interface Metric {
  readonly name: string;
  readonly gauge?: { readonly dataPoints?: readonly Point[] };
  readonly sum?: { readonly dataPoints?: readonly Point[] };
}

interface Push {
  readonly resourceMetrics?: readonly { readonly scopeMetrics?: readonly { readonly metrics?: readonly Metric[] }[] }[];
}

/** One line on what a push holds, from its OTLP/JSON. */
export function pushSummary(body: string): string {
  const { resourceMetrics = [] } = JSON.parse(body) as Push;
  const metrics = resourceMetrics.flatMap(({ scopeMetrics = [] }) => scopeMetrics.flatMap(({ metrics = [] }) => metrics));
  const value = ({ name }: MetricDefinition, split?: string): string => {
    const found = metrics.find((one) => one.name === name);
    const points = found?.gauge?.dataPoints ?? found?.sum?.dataPoints ?? [];
    const number = points.find((point) => split === undefined || splitOf(point) === split)?.asDouble;
    return number === undefined ? '–' : String(Number(number.toPrecision(4)));
  };
  return [
    `${metrics.length} metrics, ${(body.length / 1000).toFixed(1)} kB`,
    `${value(metric.trainingSteps)} steps`,
    `epoch ${value(metric.trainingEpoch)}`,
    `loss ${value(metric.trainingLoss, 'train')}`,
    `validation accuracy ${value(metric.trainingAccuracy, 'validation')}`,
  ].join(', ');
}

function splitOf({ attributes: has = [] }: Point): string | undefined {
  return has.find(({ key }) => key === attributes.datasetSplit.key)?.value.stringValue;
}
