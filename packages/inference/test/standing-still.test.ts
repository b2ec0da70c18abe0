import { inferenceMetrics as metric } from '@modelmeter/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { measuredModel } from './measured-model.ts';

describe('a stream that stands still', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  test('is a timeout after timeoutSeconds, and lasted until it last moved; what comes later is not counted', async () => {
    const { metrics, clock, requests, collect } = measuredModel({ timeoutSeconds: 8 });
    const stream = metrics.wrap(function* () {
      yield 1;
      yield 2;
    })();
    clock.advance(4);
    stream.next();
    clock.advance(8);
    vi.advanceTimersByTime(1000);
    expect((await requests()).active).toBe(1);
    clock.advance(1);
    vi.advanceTimersByTime(1000);
    expect(await requests()).toMatchObject({ failed: { timeout: 1 }, active: 0 });
    expect((await collect()).value(metric.inferenceDuration, { 'error.type': 'timeout' })).toBe(4);
    expect([...stream]).toEqual([2]);
    expect(await requests()).toMatchObject({ succeeded: { count: 0 }, failed: { timeout: 1 }, active: 0 });
  });

  test('leaves no timer behind once all streams have ended', async () => {
    const { metrics } = measuredModel();
    const streams = Array.from({ length: 3 }, () => metrics.wrap(function* () {})());
    expect(vi.getTimerCount()).toBe(1);
    for (const stream of streams) stream.next();
    vi.advanceTimersByTime(1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
