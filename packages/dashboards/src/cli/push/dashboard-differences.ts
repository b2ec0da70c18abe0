import { isDeepStrictEqual } from 'node:util';

export type Dashboard = Readonly<Record<string, unknown>>;

interface Panel {
  readonly id: number;
  readonly title?: string;
  readonly panels?: readonly Panel[];
}

/** Grafana's own numbering. */
const IGNORED: ReadonlySet<string> = new Set(['id', 'version']);

/** In which panels, variables and fields a dashboard differs from what is there; empty where it does not. The order of keys does not count. */
export function dashboardDifferences(present: Dashboard, wanted: Dashboard): string[] {
  return differingKeys(wanted, present)
    .filter((key) => !IGNORED.has(key))
    .flatMap((key) => {
      if (key === 'panels') return listDifferences('panel', panelsOf(present), panelsOf(wanted));
      if (key === 'templating') return listDifferences('variable', variablesOf(present), variablesOf(wanted));
      return [key];
    });
}

function listDifferences(kind: string, present: ReadonlyMap<unknown, Named>, wanted: ReadonlyMap<unknown, Named>): string[] {
  const differences: string[] = [];
  for (const [id, { name, item }] of wanted) {
    const before = present.get(id);
    if (before === undefined) differences.push(`${kind} ${name}: new`);
    else if (!isDeepStrictEqual(before.item, item)) differences.push(`${kind} ${name}: ${differingKeys(item, before.item).join(', ')}`);
  }
  for (const [id, { name }] of present) {
    if (!wanted.has(id)) differences.push(`${kind} ${name}: removed`);
  }
  return differences.length > 0 ? differences : [`order of the ${kind}s`];
}

function differingKeys(a: object, b: object): string[] {
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return [...new Set([...left.keys(), ...right.keys()])].filter((key) => !isDeepStrictEqual(left.get(key), right.get(key)));
}

interface Named {
  readonly name: string;
  readonly item: object;
}

/** The panels by id, those inside of collapsed rows as well. */
function panelsOf({ panels }: Dashboard): Map<unknown, Named> {
  const flat = (list: readonly Panel[]): Panel[] => list.flatMap((panel) => [panel, ...flat(panel.panels ?? [])]);
  return new Map(
    flat(Array.isArray(panels) ? (panels as Panel[]) : []).map((panel) => {
      const { panels: inside, ...item } = panel;
      return [
        panel.id,
        { name: `${JSON.stringify(panel.title ?? '')} (${panel.id})`, item: { ...item, ...(inside && { isCollapsed: true }) } },
      ];
    }),
  );
}

function variablesOf({ templating }: Dashboard): Map<unknown, Named> {
  const list = (templating as { list?: unknown } | undefined)?.list;
  return new Map((Array.isArray(list) ? (list as { name: string }[]) : []).map((item) => [item.name, { name: item.name, item }]));
}
