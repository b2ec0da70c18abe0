import { dashboard } from '../../grafana/dashboard.ts';
import type { DashboardJson } from '../../grafana/schema.ts';
import { linksFrom, titleOf, uidOf } from '../shipped.ts';
import { targetVariables } from '../variables.ts';
import { collectors } from './collectors.ts';
import { droppedValues } from './dropped-values.ts';
import { emptyPanels } from './empty-panels.ts';
import { glance } from './glance.ts';
import { reporting } from './reporting.ts';
import { scrapes } from './scrapes.ts';

export function telemetryHealthDashboard(): DashboardJson {
  return dashboard({
    uid: uidOf('telemetry-health'),
    title: titleOf('telemetry-health'),
    description: 'Whether the other dashboards can be trusted: who reports, what fails, what is dropped, and what it costs.',
    variables: targetVariables,
    links: linksFrom('telemetry-health'),
    top: glance,
    rows: [emptyPanels, reporting, collectors, droppedValues, scrapes],
  });
}
