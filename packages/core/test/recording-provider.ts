import {
  type Attributes,
  createNoopMeter,
  type Meter,
  type MeterProvider,
  type MetricOptions,
  metrics,
  type ObservableCallback,
} from '@opentelemetry/api';
import { onTestFinished } from 'vitest';

type Observed = readonly [value: number, attributes: Attributes | undefined];

/** A global MeterProvider that keeps what it is given. */
export class RecordingProvider implements MeterProvider {
  readonly recorded: Observed[] = [];
  /** Of each histogram, as advised. */
  readonly bounds: (readonly number[] | undefined)[] = [];
  readonly #callbacks = new Map<string, Set<ObservableCallback>>();

  /** Registers it until the test has finished. */
  static register(): RecordingProvider {
    const provider = new RecordingProvider();
    metrics.setGlobalMeterProvider(provider);
    onTestFinished(() => metrics.disable());
    return provider;
  }

  get instruments(): string[] {
    return [...this.#callbacks.keys()];
  }

  getMeter(): Meter {
    const observable = (name: string) => {
      const callbacks = new Set<ObservableCallback>();
      this.#callbacks.set(name, callbacks);
      return {
        addCallback: (callback: ObservableCallback) => void callbacks.add(callback),
        removeCallback: (callback: ObservableCallback) => void callbacks.delete(callback),
      };
    };
    return Object.assign(createNoopMeter(), {
      createObservableCounter: observable,
      createObservableUpDownCounter: observable,
      createObservableGauge: observable,
      createHistogram: (_name: string, { advice }: MetricOptions = {}) => {
        this.bounds.push(advice?.explicitBucketBoundaries);
        return { record: (value: number, attributes?: Attributes) => void this.recorded.push([value, attributes]) };
      },
    });
  }

  /** What the callbacks of an instrument report. */
  observe(name: string): Observed[] {
    const observed: Observed[] = [];
    for (const callback of this.#callbacks.get(name) ?? []) {
      void callback({ observe: (value: number, attributes?: Attributes) => void observed.push([value, attributes]) });
    }
    return observed;
  }
}
