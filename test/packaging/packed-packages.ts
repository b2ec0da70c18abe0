import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run.ts';

const root = join(import.meta.dirname, '../..');

/** A published package, packed. */
export interface PackedPackage {
  readonly name: string;
  readonly folder: string;
  readonly tarball: string;
  /** Paths inside the package. */
  readonly files: readonly string[];
}

/** Builds and packs every package under packages/ with pnpm, as a release does. */
export async function packPackages(destination: string): Promise<PackedPackage[]> {
  await run(root, 'npx', '--yes', 'pnpm@12', 'run', 'clean');
  const packing = ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', destination, '--json'];
  const answer = await run(root, 'npx', '--yes', 'pnpm@12', ...packing);
  const packed = JSON.parse(answer.slice(answer.indexOf('['))) as { name: string; filename: string; files: { path: string }[] }[];
  const folders = new Map<string, string>();
  for (const folder of await readdir(join(root, 'packages'))) {
    const manifest = JSON.parse(await readFile(join(root, 'packages', folder, 'package.json'), 'utf8')) as { name: string };
    folders.set(manifest.name, join(root, 'packages', folder));
  }
  return packed.map(({ name, filename, files }) => ({
    name,
    folder: folders.get(name) as string,
    tarball: filename,
    files: files.map(({ path }) => path),
  }));
}
