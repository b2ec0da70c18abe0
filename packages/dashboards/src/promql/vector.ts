import type { Scope } from './scope.ts';

/**
 * PromQL that gives one value for each series at a time. `L` are the labels that the series may carry, by the dotted names of their
 * attributes: aggregating by another one does not compile.
 */
export interface Vector<L extends string = string> {
  render(scope: Scope): string;
  /** Prometheus' names of the metrics that are read. */
  readonly metrics: readonly string[];
  /** Whether it needs parentheses as an operand. */
  readonly isOperation?: boolean;
  /** Carries the type; never set. */
  readonly labels?: L;
  readonly isCounter?: never;
}

/** Counters, whose values mean something only as a rate or an increase. */
export interface Counter<L extends string = string> {
  render(scope: Scope, range?: string, offset?: string): string;
  readonly metrics: readonly string[];
  readonly labels?: L;
  readonly isCounter: true;
}

/** A function of PromQL. */
export function call<L extends string>(operands: readonly Pick<Vector, 'metrics'>[], render: (scope: Scope) => string): Vector<L> {
  return { render, metrics: metricsOf(operands) };
}

/** An operand as it stands in an operation. */
export function operand(vector: Vector | number, scope: Scope): string {
  if (typeof vector === 'number') return String(vector);
  return vector.isOperation ? `(${vector.render(scope)})` : vector.render(scope);
}

export function metricsOf(operands: readonly (Pick<Vector, 'metrics'> | number)[]): string[] {
  return [...new Set(operands.flatMap((one) => (typeof one === 'number' ? [] : one.metrics)))];
}
