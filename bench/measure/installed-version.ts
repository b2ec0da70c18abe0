import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A package's name and version, as installed for the benchmarks. */
export function nameAndVersion(packageName: string): string {
  let directory = dirname(fileURLToPath(import.meta.resolve(packageName)));
  for (;;) {
    const manifest = readManifest(join(directory, 'package.json'));
    if (manifest?.name === packageName && manifest.version !== undefined) return `${packageName} ${manifest.version}`;
    const parent = dirname(directory);
    if (parent === directory) throw new Error(`no package.json of ${packageName}`);
    directory = parent;
  }
}

function readManifest(path: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
  } catch {
    return undefined;
  }
}
