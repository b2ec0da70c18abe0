import type { Command } from './command.ts';
import { usageError } from './command-error.ts';
import type { Content } from './content.ts';
import { readRuleArguments, ruleArguments } from './rule-arguments.ts';

/** `rules`: the alert rules on standard output, with thresholds of one's own. */
export function rulesCommand(content: Content): Command {
  return {
    summary: 'Prints the alert rules.',
    operands: [],
    options: {
      format: { value: 'prometheus|grafana', text: "a rule file of Prometheus, or Grafana's alert provisioning (default prometheus)" },
      ...ruleArguments,
    },
    async run(args, { print }) {
      const format = args.options.get('format') ?? 'prometheus';
      if (format !== 'prometheus' && format !== 'grafana') {
        throw usageError(`--format is ${JSON.stringify(format)}, not prometheus or grafana`);
      }
      const rendered = format === 'prometheus' ? content.prometheusRules : content.grafanaRules;
      print(rendered(...readRuleArguments(args)).trimEnd());
    },
  };
}
