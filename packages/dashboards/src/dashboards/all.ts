import type { DashboardJson } from '../grafana/schema.ts';
import { inferenceDashboard } from './inference/inference-dashboard.ts';
import { overviewDashboard } from './overview/overview-dashboard.ts';
import { resourcesDashboard } from './resources/resources-dashboard.ts';
import type { DashboardName } from './shipped.ts';
import { telemetryHealthDashboard } from './telemetry-health/telemetry-health-dashboard.ts';
import { trainingDashboard } from './training/training-dashboard.ts';

/** Every dashboard that is shipped. */
export const allDashboards: Readonly<Record<DashboardName, () => DashboardJson>> = {
  overview: overviewDashboard,
  training: trainingDashboard,
  inference: inferenceDashboard,
  resources: resourcesDashboard,
  'telemetry-health': telemetryHealthDashboard,
};
