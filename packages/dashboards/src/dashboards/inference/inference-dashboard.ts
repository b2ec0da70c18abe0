import { dashboard } from '../../grafana/dashboard.ts';
import type { DashboardJson } from '../../grafana/schema.ts';
import { linksFrom, titleOf, uidOf } from '../shipped.ts';
import { inferenceVariables } from '../variables.ts';
import { duration } from './duration.ts';
import { glance } from './glance.ts';
import { languageModels } from './language-models.ts';
import { load } from './load.ts';
import { modelCalls } from './model-calls.ts';
import { objectives } from './objectives.ts';
import { release, releases } from './releases.ts';
import { stages } from './stages.ts';
import { streams } from './streams.ts';
import { traffic } from './traffic.ts';

export function inferenceDashboard(): DashboardJson {
  return dashboard({
    uid: uidOf('inference'),
    title: titleOf('inference'),
    description: 'How models serve: traffic, errors, durations, load and what was promised, for each model and version.',
    variables: inferenceVariables,
    links: linksFrom('inference'),
    annotations: [release],
    top: glance,
    rows: [traffic, duration, load, objectives, stages, modelCalls, releases, streams, languageModels],
  });
}
