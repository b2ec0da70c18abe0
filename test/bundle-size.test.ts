import { expect, test } from 'vitest';
import { BUDGET_BYTES, PAGE, PEER } from '../bench/bundle-size/budget.ts';
import { bundleSize } from '../bench/bundle-size/bundle-size.ts';

const folder = import.meta.dirname;

test(`what a page loads of core and tfjs stays within ${BUDGET_BYTES} bytes, minified and gzipped`, async () => {
  const { gzippedBytes, parts } = await bundleSize(PAGE, { external: [PEER], folder });
  const largest = parts.slice(0, 12).map(([source, bytes]) => `\n  ${bytes} ${source}`);
  const overBudget = `${gzippedBytes - BUDGET_BYTES} bytes too many; the largest parts, minified:${largest.join('')}\n`;
  expect(gzippedBytes, overBudget).toBeLessThanOrEqual(BUDGET_BYTES);
  expect(gzippedBytes).toBeGreaterThan(BUDGET_BYTES / 2);
});

test('a bundle for browsers needs nothing of Node', async () => {
  await expect(bundleSize("import 'node:fs';", { folder })).rejects.toThrow('Could not resolve "node:fs"');
  const { parts } = await bundleSize(
    "export * from '@modelmeter/core'; export * from '@modelmeter/tfjs'; export * from '@modelmeter/system';",
    { folder },
  );
  expect(parts.filter(([source]) => source.startsWith('node:'))).toEqual([]);
});

test('the size of a bundle counts what is imported, without what is external', async () => {
  const nothing = await bundleSize('export {};', { folder });
  const whole = await bundleSize(PAGE, { folder });
  const external = await bundleSize(PAGE, { external: [PEER], folder });
  expect(nothing.gzippedBytes).toBeLessThan(100);
  expect(external.gzippedBytes).toBeLessThan(whole.gzippedBytes);
  expect(external.parts.some(([source]) => source.includes('opentelemetry'))).toBe(false);
  expect(whole.parts.some(([source]) => source.includes('opentelemetry'))).toBe(true);
});
