import type { AttributesOf, MetricDefinition } from '@modelmeter/core';

/** Sets the value of one series; undefined is unknown, so that the series is absent. */
export type Report = <D extends MetricDefinition>(definition: D, attributes: AttributesOf<D>, value: number | undefined) => void;

/** Something that values are read from when it is set up, and whenever metrics are collected. */
export interface Source {
  /** What `modelmeter.collector.up` calls it. */
  readonly name: string;
  /** Reports all that is known now, quickly and synchronously. What it does not report is absent, and so is all that comes after a throw. */
  readonly read: (report: Report) => void;
  /** Resolves when there is something to report. @default at once */
  readonly firstReading?: Promise<void>;
  /** Ends what the source does in the background. */
  readonly stop?: () => void;
}
