import { isQueryPanel, stringsIn } from '../dashboard-json.ts';
import { parse, selectorsOf } from '../promql.ts';
import { resultLabels } from '../result-labels.ts';
import { type DashboardSubject, isLoki, type PanelSubject, type QuerySubject } from '../subjects.ts';

export function metricsAreDefined({ query, catalogue }: QuerySubject): string | undefined {
  const unknown = selectorsOf(query).find(({ metric }) => !catalogue.has(metric));
  return unknown && `there is no metric ${unknown.metric || unknown.text}`;
}

/** In matchers, `by`, `without`, `on` and the like: a label is one of the metric's, as far as what lies within keeps it. */
export function labelsAreOfTheMetric({ query, catalogue }: QuerySubject): string | undefined {
  const problems: string[] = [];
  resultLabels(query, catalogue, (label, where) => problems.push(`${where} knows no label ${label}`));
  return problems.length > 0 ? problems.join(', ') : undefined;
}

/** A name with a label that the answer does not have is empty in that place. Holds for legends and for the titles of annotations. */
export function legendNamesLabelsOfTheResult({ query, target, isAnnotation, dashboard, catalogue }: QuerySubject): string | undefined {
  const labels = resultLabels(query, catalogue);
  const text = isAnnotation ? dashboard.annotations?.list?.find(({ expr }) => expr === query.text)?.titleFormat : target?.legendFormat;
  const named = [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label as string);
  const unknown = named.find((label) => labels && !labels.has(label));
  return unknown && `the legend names ${unknown}, which the answer does not have`;
}

/** Otherwise several curves are called alike. A run is of one instance; a label that is compared with one value tells nothing. */
export function legendTellsSeriesApart({ query, target, catalogue }: QuerySubject): string | undefined {
  if (!target || target.format === 'table' || target.format === 'heatmap') return undefined;
  const { legendFormat } = target;
  if (legendFormat === undefined) return 'it has no legend';
  const labels = resultLabels(query, catalogue);
  if (!labels || legendFormat === '__auto') return undefined;
  const selectors = selectorsOf(query);
  const isFixed = (label: string) => selectors.every(({ matchers }) => matchers.some((one) => one.label === label && one.operator === '='));
  const given = labels.has('ml_run_id') ? ['job', 'instance'] : ['job'];
  const missing = [...labels].filter((label) => !given.includes(label) && !isFixed(label) && !legendFormat.includes(`{{${label}}}`));
  return missing.length > 0 ? `its series differ in ${missing.join(', ')}, their legend does not` : undefined;
}

/** Which the exporter adds to every series; grouping by it would break with the next version. */
export function scopeIsNotUsed({ dashboard }: DashboardSubject): string | undefined {
  return stringsIn(dashboard).some((text) => text.includes('otel_scope_')) ? 'it uses otel_scope_*' : undefined;
}

/** Whether a bound is written `1` or `1.0` is up to who stores it. */
export function bucketIsNotNamed({ query }: QuerySubject): string | undefined {
  const bad = selectorsOf(query).find(({ matchers }) => matchers.some(({ label, value }) => label === 'le' && value !== '+Inf'));
  return bad && `${bad.text} names a bound`;
}

/** In the form of "Metric: `name`", or "Metrics: …" and several, with or without the suffix of a histogram's line. */
export function descriptionNamesMetrics({ panel, catalogue }: PanelSubject): string | undefined {
  if (!isQueryPanel(panel)) return undefined;
  const [, list = ''] = /\bMetrics?: ((?:`\w+`[,. ]*(?:and )?)+)\s*$/.exec(panel.description ?? '') ?? [];
  const named = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name as string);
  const read = (panel.targets ?? [])
    .filter((target) => !isLoki(target))
    .flatMap(({ expr = '' }) => selectorsOf(parse(expr)).map(({ metric }) => metric));
  const metricOf = (name: string) => catalogue.get(name)?.metric ?? name;
  const missing = read.find((name) => !named.some((one) => metricOf(one) === metricOf(name)));
  if (missing) return `the description does not end with the metric ${missing}`;
  const extra = named.find((name) => !read.some((one) => one === name || metricOf(one) === metricOf(name)));
  return extra && `the description names ${extra}, which no query reads`;
}

export function descriptionIsSentences({ panel }: PanelSubject): string | undefined {
  if (!isQueryPanel(panel)) return undefined;
  const prose = (panel.description ?? '').replace(/\s*\bMetrics?: (`\w+`[,. ]*(and )?)+\s*$/, '');
  if (!/^[A-Z].*[.?]$/s.test(prose)) return 'the description is not of whole sentences';
  return prose.split(/\s+/).length < 6 ? 'the description does not say what it means and what to do' : undefined;
}
