import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackedPackage } from './packed-packages.ts';
import { run } from './run.ts';

/** Makes a project of its own in `folder` that has the packed packages installed, and the programs of ./consumer. */
export async function installPackages(folder: string, packages: readonly PackedPackage[]): Promise<void> {
  const tarballs = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const others = {
    '@opentelemetry/api': '1.10.0',
    '@tensorflow/tfjs': '4.22.0',
    '@tensorflow/tfjs-backend-wasm': '4.22.0',
    '@types/node': '^22.15.0',
  };
  await cp(join(import.meta.dirname, 'consumer'), folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies: { ...tarballs, ...others } }),
  );
  // The packages name each other by version, and no registry has that version yet.
  const settings = { overrides: tarballs, allowBuilds: { 'core-js': false, protobufjs: false } };
  await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings));
  await run(folder, 'npx', '--yes', 'pnpm@12', 'install', '--prefer-offline', '--no-frozen-lockfile');
}
