import type { Panel } from './panel.ts';

/** A panel for each chosen value of a variable, two to a line. In its title, `$name` is the value. */
export function repeatFor(variable: string, panel: Panel): Panel {
  return {
    ...panel,
    // Those of one variable share the line; Grafana divides it among them.
    width: 24,
    build: (scope) => ({ ...panel.build(scope), repeat: variable, repeatDirection: 'h', maxPerRow: 2 }),
  };
}
