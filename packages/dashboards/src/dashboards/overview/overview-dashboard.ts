import { dashboard } from '../../grafana/dashboard.ts';
import type { DashboardJson } from '../../grafana/schema.ts';
import { linksFrom, titleOf, uidOf } from '../shipped.ts';
import { targetVariables } from '../variables.ts';
import { alerts } from './alerts.ts';
import { glance } from './glance.ts';
import { machines } from './machines.ts';
import { inService } from './in-service.ts';
import { inTraining } from './in-training.ts';

export function overviewDashboard(): DashboardJson {
  return dashboard({
    uid: uidOf('overview'),
    title: titleOf('overview'),
    description: 'All models at a glance: what trains, what serves, whether it is well, and where to look next.',
    variables: targetVariables,
    links: linksFrom('overview'),
    top: glance,
    rows: [inTraining, inService, machines, alerts],
  });
}
