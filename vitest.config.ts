import { join } from 'node:path';
import { type TestProjectConfiguration, defineConfig } from 'vitest/config';

// Two cores may be busy with everything else at once.
const testTimeout = 20_000;

/**
 * The tests in test/otel run once with each major version of the OpenTelemetry SDK: every import of `@opentelemetry/*`, our own
 * sources' included, is resolved from the folder test/otel-sdk-<major>, whose package.json names the versions.
 */
function otelSdk(major: number): TestProjectConfiguration {
  const importer = join(import.meta.dirname, `test/otel-sdk-${major}/package.json`);
  return {
    plugins: [
      {
        name: `otel-sdk-${major}`,
        enforce: 'pre',
        resolveId(source) {
          return source.startsWith('@opentelemetry/') ? this.resolve(source, importer, { skipSelf: true }) : null;
        },
      },
    ],
    test: { name: `otel-sdk-${major}`, include: ['test/otel/**/*.test.ts'], env: { OTEL_SDK_MAJOR: String(major) }, testTimeout },
  };
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/browser/**', 'test/otel/**'],
          testTimeout,
        },
      },
      {
        // One browser at a time, when the other tests are done: on two cores it computes WebGL and WebGPU as well.
        test: { name: 'browser', include: ['test/browser/**/*.test.ts'], fileParallelism: false, sequence: { groupOrder: 1 }, testTimeout },
      },
      otelSdk(2),
      otelSdk(3),
    ],
  },
});
