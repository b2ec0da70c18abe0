import type { Scope } from '../promql/scope.ts';
import type { Vector } from '../promql/vector.ts';

/** A formula whose results a recording rule keeps. As an operand it is their name; where they are not recorded, the formula itself. */
export interface Recording<L extends string = string> extends Vector<L> {
  /** Name of the results: `level:metric:operations`. */
  readonly record: string;
  readonly formula: Vector<L>;
}

/** @param record the level are the labels that are left, as in `job_ml_model_name:ml_inference_errors:rate5m`. */
export function recording<L extends string>(record: string, formula: Vector<L>): Recording<L> {
  return {
    record,
    formula,
    metrics: formula.metrics,
    render: (scope) => (scope.hasRecordings ? named(record, scope) : `(${formula.render(scope)})`),
  };
}

/** What else is recorded under the name, by rules for other jobs, is none of ours. */
function named(record: string, scope: Scope): string {
  const matchers = scope.matchers({ name: record, instrument: 'gauge', unit: '', description: '', attributes: [] });
  return matchers.length > 0 ? `${record}{${matchers.join(', ')}}` : record;
}
