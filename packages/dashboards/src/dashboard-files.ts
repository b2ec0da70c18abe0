import { allDashboards } from './dashboards/all.ts';
import { type DashboardName, titleOf, uidOf } from './dashboards/shipped.ts';

/** A dashboard as a file. */
export interface DashboardFile {
  readonly name: DashboardName;
  /** By which Grafana knows it, over versions. */
  readonly uid: string;
  readonly title: string;
  /** Grafana's classic JSON, schema version 39. */
  readonly json: string;
}

/** The dashboards for Prometheus, and for every store that speaks PromQL. */
export function dashboardFiles(): readonly DashboardFile[] {
  return (Object.keys(allDashboards) as DashboardName[]).map((name) => ({
    name,
    uid: uidOf(name),
    title: titleOf(name),
    json: `${JSON.stringify(allDashboards[name]?.(), null, 2)}\n`,
  }));
}
