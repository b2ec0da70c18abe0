import { sectionMarkdown } from './markdown-table.ts';
import type { Section } from './section.ts';

/** Prints what a script measured: every figure with `--json`, else tables. */
export function present(section: Section): void {
  console.log(process.argv.includes('--json') ? JSON.stringify(section, null, 2) : sectionMarkdown(section));
}
