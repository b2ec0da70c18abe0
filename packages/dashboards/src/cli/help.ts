import type { Command, OptionDescription } from './command.ts';

const HELP: OptionDescription = { text: 'this text' };

/** What the program says of itself. */
export function programHelp(program: string, commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(([name, { operands, summary }]) => [[name, ...operands].join(' '), summary] as const);
  return [
    'Grafana dashboards and alert rules for the metrics of modelmeter.',
    '',
    `Usage: ${program} <command> [options]`,
    '',
    ...twoColumns(lines),
    '',
    `${program} <command> --help says more.`,
  ].join('\n');
}

/** What a command says of itself. */
export function commandHelp(program: string, name: string, { summary, operands, options, notes }: Command): string {
  const described = Object.entries({ ...options, help: HELP });
  const lines = described.map(([option, { value, text }]) => [value === undefined ? `--${option}` : `--${option} ${value}`, text] as const);
  return [
    `Usage: ${[program, name, ...operands].join(' ')} [options]`,
    '',
    summary,
    '',
    ...twoColumns(lines),
    ...(notes === undefined ? [] : ['', notes]),
  ].join('\n');
}

function twoColumns(lines: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
