import type { SyntaxNode } from '@lezer/common';
import { callOf, nodesOf, type Query, type Selector, selectorsOf, textOf } from '../promql.ts';
import { isLoki, type QuerySubject, type TargetSubject } from '../subjects.ts';
import { contentPanels } from '../dashboard-json.ts';

// The rules of grafana/dashboard-linter 0.2.0 for queries. Annotations are held to them too, and variables where they can be.

/** target-promql-rule */
export function queryParses({ query }: QuerySubject): string | undefined {
  return query.error && `${query.text} does not parse: ${query.error}`;
}

/** target-promql-rule: a target that reuses another panel's answer. */
export function targetReusesExistingPanel({ dashboard, target }: TargetSubject): string | undefined {
  const { panelId } = target as { panelId?: unknown };
  return panelId === undefined || contentPanels(dashboard).some(({ id }) => id === panelId)
    ? undefined
    : `there is no panel ${JSON.stringify(panelId)}`;
}

/** target-rate-interval-rule; `increase` and statistics over time may have the dashboard's range or a fixed window. */
export function rangeFollowsResolution({ query }: QuerySubject): string | undefined {
  for (const { node, range, text } of selectorsOf(query)) {
    const call = callOf(query, node);
    if (range === undefined) {
      if (call === 'rate' || call === 'irate') return `${call} of ${text} is of no plain range`;
      continue;
    }
    if (range === '$__rate_interval') continue;
    if (call === 'rate' || call === 'irate') return `${call} is over ${range}, not over $__rate_interval`;
    if (!/^(\$__range|\$\{__range\}|(\d+(ms|[smhdwy]))+)$/.test(range)) return `${call} is over ${range}`;
  }
  return undefined;
}

/** target-job-rule */
export function queryFiltersJob(subject: QuerySubject): string | undefined {
  return subject.variable?.name === 'job' ? undefined : missingFilter(subject, 'job');
}

/** target-instance-rule */
export function queryFiltersInstance(subject: QuerySubject): string | undefined {
  return ['job', 'instance'].includes(subject.variable?.name ?? '') ? undefined : missingFilter(subject, 'instance');
}

function missingFilter({ query }: QuerySubject, name: string): string | undefined {
  const isFilter = ({ label, operator, value }: Selector['matchers'][number]) =>
    label === name && operator === '=~' && value === `$${name}`;
  const bad = selectorsOf(query).find(({ matchers }) => !matchers.some(isFilter));
  return bad && `${bad.text} lacks ${name}=~"$${name}"`;
}

const OF_COUNTERS = ['rate', 'irate', 'increase', 'resets'];
/** These look at whether there are series, or when, not at their values. */
const OF_EXISTENCE = ['count', 'group', 'absent', 'absent_over_time', 'present_over_time', 'count_over_time', 'timestamp'];

/**
 * target-counter-agg-rule. The linter looks at how a selector ends when printed, and so misses all with matchers; here the metric is looked up. A counter
 * may also stand in `x unless x offset 5m`, which tells that it was just born.
 */
export function counterIsRated({ query, catalogue, variable }: QuerySubject): string | undefined {
  if (variable) return undefined;
  for (const selector of selectorsOf(query)) {
    if (!(catalogue.get(selector.metric)?.isCounter ?? /_(total|bucket|count|sum)$/.test(selector.metric))) continue;
    const call = callOf(query, selector.node);
    if ([...OF_COUNTERS, ...OF_EXISTENCE].includes(call) || isFirstSample(query, selector)) continue;
    return `${selector.text} is a counter, and its value stands where a rate should`;
  }
  return undefined;
}

/** Whether it is the left or the right x of `x > 0 unless x offset 5m`. */
function isFirstSample(query: Query, { node, text }: Selector): boolean {
  for (let parent: SyntaxNode | null = node.parent; parent; parent = parent.parent) {
    if (parent.name !== 'BinaryExpr' || !parent.getChild('Unless')) continue;
    const [left, right] = [parent.firstChild, parent.lastChild].map((side) => (side ? nodesOf('VectorSelector', side) : []));
    const areSame = [...(left ?? []), ...(right ?? [])].every((one) => textOf(query.text, one) === text);
    return areSame && left?.length === 1 && right?.length === 1 && selectorsOf(query, parent).at(-1)?.hasOffset === true;
  }
  return false;
}

/** target-logql-rule; as far as it can be told without a parser of LogQL: there is a stream selector, and brackets and quotes are closed. */
export function logqlParses({ target }: TargetSubject): string | undefined {
  if (!isLoki(target)) return undefined;
  const text = target.expr ?? '';
  const bare = text.replaceAll(/"(?:\\.|[^"\\])*"|`[^`]*`/g, 'x');
  if (!/\{[^{}]*\w\s*(=|!=|=~|!~)\s*x[^{}]*\}/.test(bare)) return `${text} selects no stream`;
  let left = bare;
  for (let before = ''; before !== left; ) {
    before = left;
    left = left.replaceAll(/\([^()[\]{}]*\)|\[[^()[\]{}]*\]|\{[^()[\]{}]*\}/g, '');
  }
  return /["`()[\]{}]/.test(left) ? `${text} does not parse: something is not closed` : undefined;
}

/** target-logql-auto-rule */
export function logqlRangeIsAuto({ target }: TargetSubject): string | undefined {
  if (!isLoki(target)) return undefined;
  const range = [...(target.expr ?? '').matchAll(/\[([^\]]*)\]/g)].map(([, inner]) => inner).find((inner) => inner !== '$__auto');
  return range && `it is over ${range}, not over $__auto`;
}
