import type { Scope } from '../promql/scope.ts';
import { operand, type Vector } from '../promql/vector.ts';
import { type AnnotationJson, DATA_SOURCE } from './schema.ts';
import type { Legend } from './target.ts';

/** Marks on the time axis of every panel. */
export interface Annotation {
  readonly name: string;
  readonly query: Vector;
  readonly title: string;
  readonly color: 'blue' | 'purple' | 'orange';
  /** Whether the values are the times of the marks, in milliseconds of Unix time, rather than the series being there. */
  readonly isTime: boolean;
}

/** A mark at the time that a series has as its value, in seconds of Unix time. */
export function markAt<L extends string>(
  name: string,
  color: Annotation['color'],
  seconds: Vector<L>,
  title: Legend<NoInfer<L>>,
): Annotation {
  const query: Vector = { metrics: seconds.metrics, isOperation: true, render: (scope) => `${operand(seconds, scope)} * 1000` };
  return { name, color, query, title: title.text, isTime: true };
}

/** A mark while the series are there. */
export function markWhile<L extends string>(
  name: string,
  color: Annotation['color'],
  query: Vector<L>,
  title: Legend<NoInfer<L>>,
): Annotation {
  return { name, color, query, title: title.text, isTime: false };
}

export function annotationsJson(annotations: readonly Annotation[], scope: Scope): AnnotationJson[] {
  return [
    {
      name: 'Annotations & Alerts',
      datasource: { type: 'grafana', uid: '-- Grafana --' },
      enable: true,
      hide: true,
      builtIn: 1,
      iconColor: 'rgba(0, 211, 255, 1)',
      type: 'dashboard',
    },
    ...annotations.map(
      ({ name, query, title, color, isTime }) =>
        ({
          name,
          datasource: DATA_SOURCE,
          enable: true,
          hide: false,
          iconColor: color,
          expr: query.render(scope),
          titleFormat: title,
          textFormat: '',
          tagKeys: '',
          step: '',
          useValueForTime: isTime,
        }) as AnnotationJson,
    ),
  ];
}
