import type { Rule } from '@modelmeter/test-kit/lint';
import * as columns from './rules/column-rules.ts';
import * as display from './rules/display-rules.ts';
import * as files from './rules/file-rules.ts';
import * as layout from './rules/layout-rules.ts';
import * as links from './rules/link-rules.ts';
import * as metrics from './rules/metric-rules.ts';
import * as panels from './rules/panel-rules.ts';
import * as targets from './rules/target-rules.ts';
import * as templates from './rules/template-rules.ts';
import * as variables from './rules/variable-rules.ts';
import type { DashboardSubject, LinkSubject, PanelSubject, QuerySubject, TargetSubject, VariableSubject } from './subjects.ts';

export const dashboardRules: readonly Rule<DashboardSubject>[] = [
  ...Object.values(files),
  ...Object.values(layout),
  templates.templateHasDataSource,
  templates.templateHasJob,
  templates.templateHasInstance,
  panels.dashboardIsNotEditable,
  variables.usedVariablesAreDeclared,
  variables.variableNamesAreDistinct,
  links.dashboardLinksByTagFindSome,
  links.dashboardLinksToAllOthers,
  metrics.scopeIsNotUsed,
  display.dataSourcesAreVariables,
];

export const panelRules: readonly Rule<PanelSubject>[] = [
  panels.panelUsesDataSourceVariable,
  panels.panelHasTitleAndDescription,
  panels.panelHasUnits,
  panels.panelHasTargets,
  variables.panelRepeatsForVariable,
  metrics.descriptionNamesMetrics,
  metrics.descriptionIsSentences,
  display.refIdsAreUnique,
  display.singleValueSaysWhenThereIsNone,
  display.severalValuesAreNamed,
  display.unitsAreOfMetrics,
  display.legendIsShown,
  display.axisBeginsAtZero,
  display.gaugeHasBounds,
  display.heatmapShowsBuckets,
  ...Object.values(columns),
];

export const targetRules: readonly Rule<TargetSubject>[] = [
  targets.targetReusesExistingPanel,
  targets.logqlParses,
  targets.logqlRangeIsAuto,
  display.targetAsksOnceOrOften,
];

export const queryRules: readonly Rule<QuerySubject>[] = [
  targets.queryParses,
  targets.rangeFollowsResolution,
  targets.queryFiltersJob,
  targets.queryFiltersInstance,
  targets.counterIsRated,
  variables.matchersUseVariableOfTheirLabel,
  variables.queryFiltersByEveryVariable,
  metrics.metricsAreDefined,
  metrics.labelsAreOfTheMetric,
  metrics.legendNamesLabelsOfTheResult,
  metrics.legendTellsSeriesApart,
  metrics.bucketIsNotNamed,
];

export const variableRules: readonly Rule<VariableSubject>[] = [
  templates.variableQueryParses,
  templates.variableFollowsTime,
  variables.variableIsUsed,
  variables.variableIsLabelled,
  variables.variableOffersLabelOfItsSeries,
];

export const linkRules: readonly Rule<LinkSubject>[] = [
  links.linkLeadsSomewhere,
  links.linkLeadsElsewhere,
  links.linkKeepsTime,
  links.linkKeepsVariables,
  links.linkSetsVariablesOfItsTarget,
];

/** Every rule that is written, whether or not it is in a list above. */
export const writtenRules: readonly string[] = [
  columns,
  display,
  files,
  layout,
  links,
  metrics,
  panels,
  targets,
  templates,
  variables,
].flatMap((rules) => Object.keys(rules));
