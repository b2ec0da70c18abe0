import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

export interface BundleSize {
  readonly minifiedBytes: number;
  /** With the best compression of gzip. */
  readonly gzippedBytes: number;
  /** Sources and their minified bytes, largest first. */
  readonly parts: readonly (readonly [source: string, bytes: number])[];
}

export interface BundleSizeOptions {
  /** Packages that are left out, because a page has them anyway. */
  readonly external?: readonly string[];
  /** The folder whose dependencies the program imports. */
  readonly folder: string;
}

/** What a program takes in a browser, as esbuild bundles and minifies it. */
export async function bundleSize(program: string, { external = [], folder }: BundleSizeOptions): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: folder, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: [...external],
    logLevel: 'silent',
    metafile: true,
    write: false,
  });
  const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  return {
    minifiedBytes: contents.length,
    gzippedBytes: gzipSync(contents, { level: 9 }).length,
    parts: Object.entries(output?.inputs ?? {})
      .map(([source, { bytesInOutput }]) => [source, bytesInOutput] as const)
      .sort(([, a], [, b]) => b - a),
  };
}
