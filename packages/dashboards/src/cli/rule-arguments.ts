import type { RuleOptions } from '../rules/rule-options.ts';
import type { Thresholds } from '../rules/thresholds.ts';
import type { OptionDescription } from './command.ts';
import { usageError } from './command-error.ts';
import type { Arguments } from './read-arguments.ts';
import { givenThresholds, thresholdOptions } from './threshold-options.ts';

const MATCHER = String.raw`[a-zA-Z_]\w*\s*(?:=|!=|=~|!~)\s*"(?:[^"\\]|\\.)*"`;
const SELECTOR = new RegExp(String.raw`^\s*${MATCHER}(?:\s*,\s*${MATCHER})*\s*$`);

/** What rules are written for, in options of a command. */
export const ruleArguments: Readonly<Record<string, OptionDescription>> = {
  selector: { value: '<matchers>', text: `of which series, such as 'job=~"digits|faces"' (default all)` },
  'runbooks-url': { value: '<url>', text: 'where runbooks of your own lie, one for each alert: <url>/<alert>.md' },
  ...thresholdOptions,
};

/** The arguments of what renders rules. */
export function readRuleArguments(args: Arguments): [thresholds: Partial<Thresholds>, options: RuleOptions] {
  const selector = args.options.get('selector');
  const runbooksUrl = args.options.get('runbooks-url');
  if (selector !== undefined && !SELECTOR.test(selector)) {
    throw usageError(`--selector is ${JSON.stringify(selector)}, not matchers such as job="digits", without braces`);
  }
  if (runbooksUrl !== undefined && !URL.canParse(runbooksUrl))
    throw usageError(`--runbooks-url is ${JSON.stringify(runbooksUrl)}, not a URL`);
  const options = {
    ...(selector !== undefined && { selector: selector.trim() }),
    ...(runbooksUrl !== undefined && { runbooksUrl: runbooksUrl.replace(/\/+$/, '') }),
  };
  return [givenThresholds(args), options];
}
