/** The number of a dashboard's panel by its title. @throws an Error where there is none. */
export type FindPanel = (dashboardUid: string, title: string) => number;

interface PanelNode {
  readonly id: number;
  readonly title?: string;
  readonly type: string;
  /** Of a collapsed row. */
  readonly panels?: readonly PanelNode[];
}

/** Finds panels in the JSON of dashboards. Of several with one title it takes the last: a curve, below the number of the same name. */
export function panelFinder(files: readonly { readonly uid: string; readonly json: string }[]): FindPanel {
  const panels = new Map(files.map(({ uid, json }) => [uid, flatten((JSON.parse(json) as { panels: readonly PanelNode[] }).panels)]));
  return (dashboardUid, title) => {
    const panel = panels.get(dashboardUid)?.findLast(({ type, title: own }) => type !== 'row' && own === title);
    if (!panel) throw new Error(`dashboard ${dashboardUid} has no panel with the title "${title}"`);
    return panel.id;
  };
}

function flatten(panels: readonly PanelNode[]): PanelNode[] {
  return panels.flatMap((panel) => [panel, ...flatten(panel.panels ?? [])]);
}
