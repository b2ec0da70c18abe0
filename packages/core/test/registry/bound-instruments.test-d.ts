import { type BoundCounter, type BoundGauge, type BoundHistogram, type BoundUpDownCounter, Registry } from '../../src/index.ts';
import { duration, jobs, load, waiting } from '../example-metrics.ts';

const registry = new Registry();
const attributes = { 'test.queue': 'a' };

// Each instrument is of its own kind, in a run as well.
registry.bind(jobs, attributes) satisfies BoundCounter;
registry.bind(waiting, attributes) satisfies BoundUpDownCounter;
registry.bind(load, attributes) satisfies BoundGauge;
registry.bind(duration, attributes) satisfies BoundHistogram;
registry.beginRun().bind(load, attributes) satisfies BoundGauge;
registry.bind(jobs, attributes).add();

// A histogram may have bounds of its own, in a run as well.
registry.bind(duration, attributes, { bounds: [1, 2] }) satisfies BoundHistogram;
registry.beginRun().bind(duration, attributes, { bounds: duration.bounds });
registry.bind(jobs, attributes, {});

// @ts-expect-error a counter has no bounds
registry.bind(jobs, attributes, { bounds: [1, 2] });
// @ts-expect-error an up-down counter has no bounds
registry.bind(waiting, attributes, { bounds: [1, 2] });
// @ts-expect-error a run's gauge has no bounds
registry.beginRun().bind(load, attributes, { bounds: [1, 2] });
// @ts-expect-error bounds are numbers
registry.bind(duration, attributes, { bounds: ['1'] });
// @ts-expect-error bounds are named
registry.bind(duration, attributes, [1, 2]);
// @ts-expect-error there is no such option
registry.bind(duration, attributes, { buckets: [1, 2] });

// @ts-expect-error a counter has no value to set
registry.bind(jobs, attributes).set(1);
// @ts-expect-error a counter takes no samples
registry.bind(jobs, attributes).record(1);
// @ts-expect-error an up-down counter does not guess the amount
registry.bind(waiting, attributes).add();
// @ts-expect-error a gauge does not add
registry.bind(load, attributes).add(1);
// @ts-expect-error a histogram is not read from elsewhere
registry.bind(duration, attributes).observe(1);
// @ts-expect-error a histogram takes numbers
registry.bind(duration, attributes).record('1');
// @ts-expect-error a run's instruments are of the same kinds
registry.beginRun().bind(duration, attributes).set(1);
