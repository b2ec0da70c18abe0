import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from './command.ts';
import { CommandError, usageError } from './command-error.ts';
import type { Content } from './content.ts';
import { readRuleArguments, ruleArguments } from './rule-arguments.ts';

const PARTS = ['dashboards', 'rules', 'alerting'] as const;
type Part = (typeof PARTS)[number];

/** `write`: all files, as they lie in the repository's folder `dashboards`. */
export function writeCommand(content: Content): Command {
  return {
    summary: 'Writes the dashboards, the rules of Prometheus and the alert provisioning of Grafana into a folder.',
    operands: ['<folder>'],
    options: {
      only: { value: PARTS.join('|'), text: 'that part alone, or several with commas between' },
      ...ruleArguments,
    },
    async run(args, { print }) {
      const [folder = ''] = args.operands;
      const rules = readRuleArguments(args);
      const parts = readParts(args.options.get('only'));
      const files = parts.flatMap((part) => filesOf(part, content, rules));
      for (const [path, text] of files) {
        const file = join(folder, path);
        print(`${(await writeIfChanged(file, text)) ? 'wrote    ' : 'unchanged'}  ${file}`);
      }
    },
  };
}

function readParts(only = PARTS.join(',')): Part[] {
  return only.split(',').map((name) => {
    const part = PARTS.find((one) => one === name.trim());
    if (part === undefined) throw usageError(`--only is ${JSON.stringify(only)}, not ${PARTS.join(', ')}`);
    return part;
  });
}

function filesOf(part: Part, content: Content, rules: ReturnType<typeof readRuleArguments>): [path: string, text: string][] {
  switch (part) {
    case 'dashboards':
      return content.dashboards().map(({ name, json }) => [`prometheus/${name}.json`, json]);
    case 'rules':
      return [['rules/modelmeter.rules.yaml', content.prometheusRules(...rules)]];
    case 'alerting':
      return [
        ['grafana-alerting/rules.yaml', content.grafanaRules(...rules)],
        ['grafana-alerting/contact-points.yaml', content.grafanaContactPoints()],
        ['grafana-alerting/notification-policy.yaml', content.grafanaNotificationPolicy()],
      ];
  }
}

async function writeIfChanged(file: string, text: string): Promise<boolean> {
  try {
    if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return false;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return true;
  } catch (error) {
    throw new CommandError(`can't write ${file}: ${(error as Error).message}`);
  }
}
