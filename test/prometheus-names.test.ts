import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { allDefinitions, attributes, type InstrumentKind, prometheusLabel, prometheusName, prometheusUnit } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';

interface Names {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
  readonly units: readonly string[];
}

const folder = join(import.meta.dirname, 'prometheus-names');
const program = process.env['GO'] ?? 'go';
const go = (args: readonly string[], input = '') => spawnSync(program, args, { cwd: folder, input, encoding: 'utf8', timeout: 25_000 });

const definitions = Object.values(allDefinitions).flat();
const labels = [...Object.values(attributes).map(({ key }) => key), 'a..b', 'a__b', '1st', '_a', 'le', '__name__', '__a.b__', 'käse'];
const units = ['', ...'1 s ms By KiBy MBy Cel W J Hz % {run} By/s 1/s {token}/s km/h By/{item} [degF] a)/s s/a)'.split(' ')];
const names = 'a a.b a_b a.seconds a.bytes.total ratio.a total a_per_second 1st.a a..b--c/d .a. a:b äpfel'.split(' ');
const instruments: readonly InstrumentKind[] = ['counter', 'updowncounter', 'gauge', 'histogram'];
const oddUnits = [' s ', 's/ h', ...'a/b/c By/% [lb_av] { }/s / // d x__y total By/w'.split(' ')];
const metrics = [
  ...definitions,
  ...names.flatMap((name) => [...units, ...oddUnits].flatMap((unit) => instruments.map((instrument) => ({ name, unit, instrument })))),
];

/** Without Go or its modules nothing can be compared; but in CI a Go that is there must have them. */
function canCompare(): boolean {
  const hasGo = go(['version']).status === 0;
  if (hasGo && (process.env['CI'] !== undefined || go(['mod', 'download']).status === 0)) return true;
  process.emitWarning(`${hasGo ? 'A Go module' : 'Go'} is missing: names are NOT compared with Prometheus's own translation`);
  return false;
}

function translate(given: object): Names {
  const { status, stdout, stderr } = go(['run', '.'], JSON.stringify(given));
  if (status !== 0) throw new Error(`go run: ${stderr}`);
  return JSON.parse(stdout) as Names;
}

describe.skipIf(!canCompare())("Prometheus's own translation of OpenTelemetry names, otlptranslator 1.0.0,", { timeout: 30_000 }, () => {
  test('gives the names, labels and units that we give', () => {
    const translated = translate({ metrics, labels, units });
    const byInput = (list: readonly string[]) => Object.fromEntries(list.map((name, i) => [JSON.stringify(metrics[i]), name]));
    expect(byInput(metrics.map(prometheusName))).toEqual(byInput(translated.metrics));
    expect(labels.map(prometheusLabel)).toEqual(translated.labels);
    expect(units.map((unit) => prometheusUnit(unit) ?? '')).toEqual(translated.units);
  });

  test('leaves portable names as they are', () => {
    const portable = definitions.map((definition) => ({ ...definition, name: prometheusName(definition) }));
    expect(translate({ metrics: portable }).metrics).toEqual(portable.map(({ name }) => name));
  });
});
