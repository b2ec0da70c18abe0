import { collectorUp } from '@modelmeter/core';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { onTestFinished } from 'vitest';
import { reportSource } from '../src/report-source.ts';
import type { Source } from '../src/source.ts';

/** Reports a source to a registry of its own until the test is over, and collects from it. */
export function collectedSource(source: Source): { collect: () => Promise<CollectedValues>; stop: () => void } {
  const { registry, collect } = testRegistry();
  const stop = reportSource(registry, source);
  onTestFinished(stop);
  return { collect, stop };
}

/** 1 where the collector succeeded in the collection, 0 where it failed. */
export function upOf(collected: CollectedValues, collector: string): number | undefined {
  return collected.value(collectorUp, { collector });
}
