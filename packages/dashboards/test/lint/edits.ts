import { type Annotation, type Dashboard, type Panel, type Variable, variablesOf } from './dashboard-json.ts';
import { good } from './good-dashboard.ts';

// Changes of the good dashboard, each of which makes one with a fault.

export const top = (change: object): Dashboard => ({ ...good, ...change });

export function without(field: keyof Dashboard): Dashboard {
  const { [field]: _, ...rest } = good;
  return rest;
}

/** Changes the panel of that number. Panels, rows among them: 1 text, 2 open row, 3 time series, 4 heat map, 5 collapsed row, 6 gauge, 7 table. */
export function panel(id: number, change: object | ((panel: Panel) => object)): Dashboard {
  const changed = (one: Panel): Panel => {
    const within = one.panels ? { ...one, panels: one.panels.map(changed) } : one;
    return within.id === id ? { ...within, ...(typeof change === 'function' ? change(within) : change) } : within;
  };
  return top({ panels: good.panels?.map(changed) });
}

export const added = (one: object): Dashboard => top({ panels: [...(good.panels ?? []), one] });

/** Changes the first query of a panel. */
export const target = (id: number, change: object): Dashboard =>
  panel(id, ({ targets = [] }) => ({ targets: [{ ...targets[0], ...change }, ...targets.slice(1)] }));

/** Replaces text in the first query of a panel. */
export const expr = (id: number, ...[from, to]: readonly [from: string | RegExp, to: string]): Dashboard =>
  panel(id, ({ targets: [first, ...rest] = [] }) => ({
    targets: [{ ...first, expr: (first?.expr ?? '').replace(from, () => to) }, ...rest],
  }));

/** Makes another query the only one of the time series. */
export const query = (text: string): Dashboard => target(3, { expr: text });

export const defaults = (id: number, change: object): Dashboard =>
  panel(id, ({ fieldConfig }) => ({ fieldConfig: { ...fieldConfig, defaults: { ...fieldConfig?.defaults, ...change } } }));

export const options = (id: number, change: object): Dashboard => panel(id, (one) => ({ options: { ...one.options, ...change } }));

export const variable = (name: string, change: object): Dashboard =>
  variables((list) => list.map((one) => (one.name === name ? { ...one, ...change } : one)));

export const variables = (change: (list: readonly Variable[]) => readonly object[]): Dashboard =>
  top({ templating: { list: change(variablesOf(good)) } });

export const annotation = (change: Partial<Annotation>): Dashboard =>
  top({ annotations: { list: good.annotations?.list?.map((one) => (one.builtIn === 1 ? one : { ...one, ...change })) } });

export const link = (change: object): Dashboard => top({ links: good.links?.map((one) => ({ ...one, ...change })) });

/** Gives a panel a link of its own. */
export const panelLink = (url: string): Dashboard => defaults(3, { links: [{ title: 'Open', url }] });
