import { collectorUp } from '@modelmeter/core';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { onTestFinished } from 'vitest';
import { reportSource } from '../src/report-source.ts';
import type { Source } from '../src/source.ts';
import { TurnByTurn } from '../src/turn-by-turn.ts';

/** Reports a source to a registry of its own until the test is over, and collects from it. */
export function collectedSource(source: Source) {
  const { registry, collect } = testRegistry();
  const turns = new TurnByTurn();
  const stop = reportSource(registry, source, turns);
  onTestFinished(stop);
  /** Resolves when it has been read ahead of the first collection. */
  const readAhead = async () => {
    for (let reading = 0; reading < 2; reading++) await new Promise<void>((resolve) => turns.add(resolve));
  };
  return { collect, stop, readAhead };
}

/** 1 where the collector succeeded in the collection, 0 where it failed. */
export function upOf(collected: CollectedValues, collector: string): number | undefined {
  return collected.value(collectorUp, { collector });
}
