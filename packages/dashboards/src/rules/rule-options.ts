import { everywhere, type Scope } from '../promql/scope.ts';
import type { Alert } from './rule.ts';

const RUNBOOKS = 'https://github.com/modelmeter/modelmeter/blob/main/docs/runbooks';

/** What the rules are written for, beside their thresholds. */
export interface RuleOptions {
  /**
   * Matchers of labels that each metric is asked for with, such as `job=~"digits|faces"`.
   * @default none: whatever there is
   */
  readonly selector?: string;
  /**
   * Where the runbooks lie, without a slash at the end.
   * @default docs/runbooks of modelmeter's repository
   */
  readonly runbooksUrl?: string;
}

export function ruleScope({ selector }: RuleOptions, hasRecordings: boolean): Scope {
  return { ...everywhere, ...(selector !== undefined && { matchers: () => [selector] }), hasRecordings };
}

export function runbookUrl({ name }: Alert, { runbooksUrl = RUNBOOKS }: RuleOptions): string {
  return `${runbooksUrl}/${name}.md`;
}
