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
    test: {
      name: `otel-sdk-${major}`,
      include: ['test/otel/**/*.test.ts'],
      env: { OTEL_SDK_MAJOR: String(major) },
      sequence: { groupOrder: 1 },
      testTimeout,
    },
  };
}

/** Tests that wait more than they compute: for servers, other programs and timers. Several at a time fit on two cores. */
const WAITING = [
  'test/servers/**/*.test.ts',
  'test/dashboards/**/*.test.ts',
  'test/examples/**/*.test.ts',
  'test/packaging.test.ts',
  'test/serving-truth.test.ts',
  'test/resources-truth.test.ts',
  'packages/dashboards/test/rules/**/*.test.ts',
  'packages/sdk/test/**/*.test.ts',
  'packages/system/test/**/*.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'waiting', include: WAITING, maxWorkers: 4, sequence: { groupOrder: 0 }, testTimeout } },
      {
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/browser/**', 'test/otel/**', ...WAITING],
          sequence: { groupOrder: 1 },
          testTimeout,
        },
      },
      {
        // One browser at a time, when the other tests are done: on two cores it computes WebGL and WebGPU as well.
        test: { name: 'browser', include: ['test/browser/**/*.test.ts'], fileParallelism: false, sequence: { groupOrder: 2 }, testTimeout },
      },
      otelSdk(2),
      otelSdk(3),
    ],
  },
});
