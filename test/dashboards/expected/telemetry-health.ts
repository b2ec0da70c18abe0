import type { Expectations } from '../compare-values.ts';
import { each, type Expected, type Expectation, growing, type Known, one } from '../expected-values.ts';
import { BROKEN_COLLECTOR, type Facts } from '../program/facts.ts';

const place = (panel: string, refId = 'A') => `modelmeter-telemetry-health / ${panel} / ${refId}`;

const COLLECTORS = [
  ...['process', 'container.cpu', 'container.memory', 'gpu', 'tfjs.memory'],
  ...['system.cpu', 'system.memory', 'system.filesystem', 'system.disk', 'system.network'],
];
/** Attribute sets; nobody else counts them. */
const SERIES: Expected = [300, 3000];
/** Lines of the page. */
const SAMPLES: Expected = [500, 10_000];

const instance = (expected: (known: Known) => Expected): Expectation => each(['job'], (known) => ({ target: expected(known) }));
const collectors = (broken: Expected, others: Expected): Expectation =>
  each(['collector'], () => ({ ...Object.fromEntries(COLLECTORS.map((name) => [name, others])), [BROKEN_COLLECTOR]: broken }));
const dropped =
  (...reasons: readonly string[]) =>
  ({ dropped: counts }: Facts) =>
    reasons.reduce((sum, reason) => sum + (counts[reason] ?? 0), 0);

const KEPT_OUT = ['non_finite', 'negative', 'collect_error'];
const FOLDED = ['series_limit', 'attribute_limit'];

export const telemetryHealth: Expectations = {
  [place('Instances that report (stat)')]: one(() => 1),
  [place('Targets down (stat)')]: one(() => 0),
  [place('Failing collectors (stat)')]: one(() => 1),
  [place('Values kept out (stat)')]: one(growing(dropped(...KEPT_OUT))),
  [place('Series and values folded (stat)')]: one(growing(dropped(...FOLDED))),
  [place('Most series (stat)')]: one(() => SERIES),
  [place('Instances (table)', 'A')]: instance(() => SERIES),
  [place('Instances (table)', 'B')]: instance(() => 1),
  [place('Instances (table)', 'C')]: instance(growing(dropped(...KEPT_OUT, ...FOLDED))),
  [place('Instances (table)', 'D')]: instance(({ earlier, later }) => [earlier.uptimeSeconds, later.uptimeSeconds]),
  [place('Collectors by instance (table)', 'A')]: collectors(0, 1),
  [place('Collectors by instance (table)', 'B')]: collectors(1, [0, 0.2]),
  [place('Scrape targets (table)', 'A')]: instance(() => 1),
  [place('Scrape targets (table)', 'B')]: instance(() => 1),
  [place('Scrape targets (table)', 'C')]: instance(() => [0, 1]),
  [place('Scrape targets (table)', 'D')]: instance(() => [0, 1]),
  [place('Scrape targets (table)', 'E')]: instance(() => SAMPLES),
};
