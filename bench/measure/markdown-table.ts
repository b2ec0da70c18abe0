import type { Cell, Section, Table } from './section.ts';

export function sectionMarkdown({ title, method, tables }: Section): string {
  return [`## ${title}`, ...method, ...tables.map(tableMarkdown)].join('\n\n');
}

function tableMarkdown({ title, rows }: Table): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const isFigure = columns.map((column) => rows.some((row) => typeof row[column] !== 'string' && row[column] !== undefined));
  const lines = [
    columns,
    isFigure.map((figure) => (figure ? '--:' : '---')),
    ...rows.map((row) => columns.map((column) => cellText(row[column]))),
  ];
  return [`### ${title}`, lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')].join('\n\n');
}

function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '–';
  if (typeof cell === 'string') return cell.replaceAll('|', '\\|');
  if (typeof cell === 'number') return numberText(cell);
  return `**${numberText(cell.median)}** (${numberText(cell.lowerQuartile)}–${numberText(cell.upperQuartile)})`;
}

/** Three significant digits, and whole numbers whole. */
function numberText(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}
