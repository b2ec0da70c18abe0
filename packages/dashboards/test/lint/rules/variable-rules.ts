import { stringsIn, variablesOf } from '../dashboard-json.ts';
import { selectorsOf } from '../promql.ts';
import { type DashboardSubject, labelValues, type PanelSubject, type QuerySubject, type VariableSubject } from '../subjects.ts';
import { variablesUsed } from '../variable-use.ts';

/** One that is not declared is sent as it is written, and matches nothing without a word. */
export function usedVariablesAreDeclared({ dashboard }: DashboardSubject): string | undefined {
  const declared = variablesOf(dashboard).map(({ name }) => name);
  const unknown = stringsIn(dashboard)
    .flatMap(variablesUsed)
    .find((name) => !declared.includes(name));
  return unknown && `$${unknown} is used but not declared`;
}

/** Used by more than its own declaration, and by more than links: a choice that changes nothing on the page misleads. */
export function variableIsUsed({ dashboard, variable }: VariableSubject): string | undefined {
  const others = variablesOf(dashboard).filter((one) => one !== variable);
  const used = stringsIn([dashboard.panels, dashboard.annotations, others].map(withoutLinks)).flatMap(variablesUsed);
  return used.includes(variable.name) ? undefined : 'nothing uses it';
}

function withoutLinks(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (key, inner: unknown) => (key === 'url' ? undefined : inner)));
}

export function variableNamesAreDistinct({ dashboard }: DashboardSubject): string | undefined {
  const names = variablesOf(dashboard).map(({ name }) => name);
  const bad = names.find((name, i) => !/^[a-z][a-z_]*$/.test(name) || names.indexOf(name) !== i);
  return bad && `the variable's name ${bad} is not of words in lower case, or is there twice`;
}

/** Grafana's own drop-down text would be the name. */
export function variableIsLabelled({ variable: { label = '' } }: VariableSubject): string | undefined {
  return /^[A-Z]/.test(label) ? undefined : 'it has no label that begins with a capital';
}

/** The form of string is the one that Grafana's Prometheus source takes from code. It offers the values of a label that the series have. */
export function variableOffersLabelOfItsSeries(subject: VariableSubject): string | undefined {
  const { variable, catalogue } = subject;
  if (variable.type !== 'query') return undefined;
  const parts = labelValues(variable);
  if (!parts) return 'its query is not of the form label_values(series, label)';
  const metric = /^\w+/.exec(parts.series)?.[0] ?? '';
  return catalogue.get(metric)?.labels.includes(parts.label) ? undefined : `${metric} has no label ${parts.label}`;
}

/** Of the variables in a query, those that are for one of its labels are for that label: `ml_model_name=~"$run"` would show nothing. */
export function matchersUseVariableOfTheirLabel({ dashboard, query }: QuerySubject): string | undefined {
  const labels = new Map(variablesOf(dashboard).map((variable) => [variable.name, labelValues(variable)?.label]));
  for (const { matchers, text } of selectorsOf(query)) {
    for (const { label, operator, value } of matchers) {
      const [name] = variablesUsed(value);
      if (name === undefined) continue;
      if (labels.get(name) !== label) return `${text} compares ${label} with $${name}`;
      if (operator !== '=~') return `${text} compares ${label} by ${operator} with $${name}, of which several may be chosen`;
    }
  }
  return undefined;
}

/** Otherwise the choice of a model narrows some panels and others not. */
export function queryFiltersByEveryVariable({ dashboard, query, catalogue, variable }: QuerySubject): string | undefined {
  if (variable) return undefined;
  for (const { metric, matchers, text } of selectorsOf(query)) {
    for (const one of variablesOf(dashboard)) {
      const label = labelValues(one)?.label;
      if (label === undefined || !catalogue.get(metric)?.labels.includes(label)) continue;
      if (!matchers.some(({ label: name, value }) => name === label && variablesUsed(value).includes(one.name)))
        return `${text} is not narrowed by $${one.name}`;
    }
  }
  return undefined;
}

/** A panel for each value of a variable: of one that may have several, by which the panel is called and narrowed, on lines of its own. */
export function panelRepeatsForVariable({ dashboard, panel }: PanelSubject): string | undefined {
  const { repeat, title = '', gridPos, targets = [] } = panel;
  if (repeat === undefined) return undefined;
  if (variablesOf(dashboard).find(({ name }) => name === repeat)?.multi !== true)
    return `it repeats for ${repeat}, which is no variable of several values`;
  if (![title, ...targets.map(({ expr = '' }) => expr)].every((text) => variablesUsed(text).includes(repeat)))
    return `its repetitions do not differ in $${repeat}`;
  return gridPos?.w === 24 ? undefined : 'its repetitions take the place of what stands beside it';
}
