import { type DashboardName, titleOf } from '../dashboards/shipped.ts';
import type { Vector } from '../promql/vector.ts';
import type { Message } from './message.ts';
import type { Recording } from './recording.ts';

/** Whether somebody is called at once (`critical`), looks at it today (`warning`), or is only told. */
export type Severity = 'critical' | 'warning' | 'info';

interface AlertOptions<L extends string> {
  /** `ML` and words in CamelCase. Two alerts may share it, with different severities: then the worse inhibits the other. */
  readonly name: string;
  readonly severity: Severity;
  /** Every series that this gives is an alert. */
  readonly expression: Vector<L>;
  /** How long it must give it; minutes such as `5m`. */
  readonly for: string;
  /** One sentence, the same for every alert of the name. */
  readonly summary: string;
  readonly description: Message<NoInfer<L>>;
  /** Where it can be seen. */
  readonly dashboard: DashboardName;
  readonly panel: string;
}

/** One alert rule; both renderers are given the same ones. */
export type Alert = AlertOptions<string>;

/** Rules that are evaluated together, in this order. */
export interface RuleGroup {
  readonly name: string;
  readonly recordings?: readonly Recording[];
  readonly alerts: readonly Alert[];
  /** How often Grafana evaluates the rules, in minutes; Prometheus has an interval for all. @default 1 */
  readonly everyMinutes?: number;
}

/** An alert whose description speaks of labels alone that its expression has. */
export function alert<L extends string>(options: AlertOptions<L>): Alert {
  return options;
}

/** Where an alert can be seen, for people. */
export function seenAt({ dashboard, panel }: Alert): string {
  return `${titleOf(dashboard)}, panel "${panel}"`;
}
