import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** One script for browsers from a TypeScript file and all that it imports, with names replaced by constants. */
export async function bundlePage(entry: URL, constants: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)])),
    logLevel: 'error',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('\n');
}
