import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { machineSentence, thisMachine } from './measure/machine.ts';
import { sectionMarkdown } from './measure/markdown-table.ts';
import type { Section } from './measure/section.ts';

// Runs every benchmark, each in a process of its own, one after another. `--json` prints all figures, `--write` writes docs/benchmarks.md.

const SCRIPTS = [
  'record',
  'with-metrics',
  'fastify',
  'scrape',
  'resources',
  'runs-heap',
  'hooks',
  'fit',
  'fit-in-browser',
  'bundle-size',
] as const;
const DOCUMENT = new URL('../docs/benchmarks.md', import.meta.url);

const INTRODUCTION = `# Benchmarks

Written by \`pnpm bench --write\`; change the scripts in bench/, not this page. Every claim is a ratio to a named peer, or a limit, that was measured in
the same run: trust the ratios more than the times, which depend on the machine. A target that was not reached stays in its table.`;

async function measure(script: string): Promise<Section> {
  const program = fileURLToPath(import.meta.resolve(`./${script}.ts`));
  console.error(`bench/${script}.ts …`);
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--json'], { maxBuffer: 64e6, timeout: 600_000 });
  return JSON.parse(stdout) as Section;
}

const machine = thisMachine();
const sections: Record<string, Section> = {};
for (const script of SCRIPTS) sections[script] = await measure(script);

const document = [INTRODUCTION, machineSentence(machine), ...Object.values(sections).map(sectionMarkdown)].join('\n\n');
console.log(process.argv.includes('--json') ? JSON.stringify({ machine, ...sections }, null, 2) : document);
if (process.argv.includes('--write')) await writeFile(DOCUMENT, `${document}\n`);
