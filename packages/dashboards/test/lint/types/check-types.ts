import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = join(import.meta.dirname, 'grafana-json.ts');
const TSC = fileURLToPath(new URL('../bin/tsc', import.meta.resolve('typescript')));

/** Checks dashboards against Grafana's published types, all in one run of tsc. Returns each problem with the line of JSON that it is about. */
export async function checkTypes(dashboards: Readonly<Record<string, unknown>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dashboard-types-'));
  try {
    const sources = new Map(Object.entries(dashboards).map(([name, dashboard]) => [`${name}.ts`, sourceOf(dashboard)]));
    await Promise.all([...sources].map(([file, source]) => writeFile(join(folder, file), source)));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(CONFIG));
    return problemsIn(await tsc(folder), sources);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const CONFIG = {
  compilerOptions: {
    ...{ module: 'NodeNext', target: 'ES2023', lib: ['ES2023', 'DOM'], types: [], strict: true, exactOptionalPropertyTypes: true },
    ...{ noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true },
  },
  include: ['*.ts'],
};

/** `satisfies` of a literal also finds fields that the type does not have. */
function sourceOf(dashboard: unknown): string {
  const type = `import type { DashboardJson } from ${JSON.stringify(TYPES)};`;
  return `${type}\nexport const dashboard = ${JSON.stringify(dashboard, undefined, 2)} as const satisfies DashboardJson;\n`;
}

function tsc(folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [TSC, '-p', folder, '--pretty', 'false'], { cwd: folder }, (error, stdout, stderr) => {
      // tsc exits with 2 and says what is wrong on stdout; without that it did not run.
      if (error && stdout === '') reject(new Error(stderr, { cause: error }));
      else resolve(stdout);
    });
  });
}

function problemsIn(output: string, sources: ReadonlyMap<string, string>): string[] {
  return output
    .split(/\n(?=\S)/)
    .filter((problem) => problem.trim() !== '')
    .map((problem) => {
      const [, file = '', line = '0'] = /^([^(]+)\((\d+),/.exec(problem) ?? [];
      return `${problem.trim()}\n  at: ${sources.get(file)?.split('\n')[Number(line) - 1]?.trim() ?? '?'}`;
    });
}
