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
