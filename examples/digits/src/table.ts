/** Rows of text: a name, and cells to the right of it. */
export function table(rows: readonly (readonly string[])[]): string {
  return rows.map(([name = '', ...cells]) => `  ${name.padEnd(16)}${cells.map((cell) => cell.padStart(12)).join('')}`.trimEnd()).join('\n');
}
