import type { Command } from './command.ts';
import type { Content } from './content.ts';

/** `list`: what there is. */
export function listCommand({ dashboards, alerts }: Content): Command {
  return {
    summary: 'Lists the dashboards (name, uid, title) and the alerts (name, severity, what it says).',
    operands: [],
    options: {},
    async run(_args, { print }) {
      print('Dashboards:');
      print(table(dashboards().map(({ name, uid, title }) => [name, uid, title])));
      print('\nAlerts:');
      print(
        table(
          alerts.map(({ name, severity, summary, isOffByDefault }) => [
            name,
            severity,
            isOffByDefault ? `${summary} Off by default.` : summary,
          ]),
        ),
      );
    },
  };
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()).join('\n');
}
