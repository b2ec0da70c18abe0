import { describe, expect, test } from 'vitest';
import { defaultThresholds, prometheusRules, thresholdDescriptions, type Thresholds } from '../../src/index.ts';
import { readThresholds } from '../../src/rules/thresholds.ts';

const names = Object.keys(defaultThresholds) as (keyof Thresholds)[];

describe('thresholds', () => {
  test('are the defaults where none is given', () => {
    expect(readThresholds({})).toEqual(defaultThresholds);
    expect(readThresholds({ plateauEpochs: 3 })).toEqual({ ...defaultThresholds, plateauEpochs: 3 });
  });

  test.each(names)('%s changes the rules', (name) => {
    // What is a share stays one, and what is an integer too.
    const value = defaultThresholds[name] >= 1 ? defaultThresholds[name] + 1 : (defaultThresholds[name] + 0.1) / 2;
    expect(prometheusRules({ [name]: value })).not.toBe(prometheusRules());
  });

  test('are described, each in a line of its own', () => {
    expect(Object.keys(thresholdDescriptions)).toEqual(names);
    for (const description of Object.values(thresholdDescriptions)) expect(description).toMatch(/^\S[^\n]{10,100}$/);
  });

  test.each<[Partial<Thresholds>, string]>([
    [{ stalledSteps: 0.5 }, 'stalledSteps is 0.5, not a number from 1'],
    [{ stalledSeconds: 1.5 }, 'stalledSeconds is 1.5, not an integer from 1'],
    [{ divergingRatio: 0 }, 'divergingRatio is 0, not a number above 0'],
    [{ slowStepFactor: 1 }, 'slowStepFactor is 1, not a number above 1'],
    [{ errorBudget: 1 }, 'errorBudget is 1, not a number above 0 and below 1'],
    [{ gpuIdleRatio: -0.1 }, 'gpuIdleRatio is -0.1, not a number from 0 to below 1'],
    [{ minimumRequests: Infinity }, 'minimumRequests is Infinity, not a number from 0'],
    [{ lastSeenHours: NaN }, 'lastSeenHours is NaN, not an integer from 1'],
    [{ plateauEpochs: '10' as unknown as number }, 'plateauEpochs is "10", not an integer from 1'],
  ])('out of range are refused by name and value: %o', (given, message) => {
    expect(() => prometheusRules(given)).toThrow(new RangeError(message));
  });

  test('that there are not are refused', () => {
    expect(() => prometheusRules({ plateauEpoch: 3 } as Partial<Thresholds>)).toThrow(
      new TypeError('there is no threshold "plateauEpoch"'),
    );
  });
});
