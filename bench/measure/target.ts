import type { Cell } from './section.ts';
import type { Spread } from './spread.ts';

export interface Target {
  readonly what: string;
  /** The peer or limit that was measured in the same run. */
  readonly against: string;
  readonly measured: Spread;
  readonly unit: string;
  /** Neither this nor `atMost` is a figure without a target. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A target beside what was measured, judged by the median. Nothing fails on it. */
export function targetRow({ what, against, measured, unit, atLeast, atMost }: Target): Readonly<Record<string, Cell>> {
  const row = (target: string, reached: string) => ({ what, against, target, measured, unit, reached });
  if (atLeast !== undefined) return row(`≥ ${atLeast}`, measured.median >= atLeast ? 'yes' : 'no');
  if (atMost !== undefined) return row(`≤ ${atMost}`, measured.median <= atMost ? 'yes' : 'no');
  return row('none', '–');
}
