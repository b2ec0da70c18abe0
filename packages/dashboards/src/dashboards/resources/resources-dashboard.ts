import { dashboard } from '../../grafana/dashboard.ts';
import type { DashboardJson } from '../../grafana/schema.ts';
import { linksFrom, titleOf, uidOf } from '../shipped.ts';
import { targetVariables } from '../variables.ts';
import { containers } from './containers.ts';
import { glance } from './glance.ts';
import { gpus } from './gpus.ts';
import { hosts } from './hosts.ts';
import { node } from './node.ts';
import { processes } from './processes.ts';
import { work } from './work.ts';

export function resourcesDashboard(): DashboardJson {
  return dashboard({
    uid: uidOf('resources'),
    title: titleOf('resources'),
    description: 'What models run on, beside what they do: processes, event loops, hosts, containers and GPUs.',
    variables: targetVariables,
    links: linksFrom('resources'),
    top: glance,
    rows: [work, processes, node, hosts, containers, gpus],
  });
}
