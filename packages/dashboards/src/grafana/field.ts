import type { PanelJson, ValueMappingJson } from './schema.ts';

/** Units of Grafana's that are used. */
export type Unit =
  | 's'
  | 'percentunit'
  | 'bytes'
  | 'Bps'
  | 'short'
  | 'none'
  | 'reqps'
  | 'ops'
  | 'celsius'
  | 'watt'
  | 'joule'
  | 'dateTimeAsIso'
  | 'dateTimeFromNow'
  | 'sci'
  | 'bool_yes_no';

export type Color = 'green' | 'yellow' | 'orange' | 'red' | 'blue' | 'purple' | 'text';

/** What a panel shows where no series answers: whoever reads it then knows where to look. */
export const NOT_REPORTING = 'Not reporting: see Telemetry health';

/** How the values of a panel, or of a column, are written and coloured. */
export interface FieldOptions {
  readonly unit: Unit;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  /** Colour below the first value, then pairs of a value and the colour from there on. */
  readonly thresholds?: readonly [Color, ...(readonly [value: number, color: Color])[]];
  /** What stands in place of zero, such as `No traffic`. */
  readonly zero?: string;
  /** What stands in place of some values. */
  readonly texts?: Readonly<Record<string, { readonly text: string; readonly color?: Color }>>;
  /** What stands where there is no value. @default 'Not reporting: see Telemetry health' */
  readonly noValue?: string;
}

type FieldConfigJson = NonNullable<PanelJson['fieldConfig']>['defaults'];

export function fieldJson({ unit, min, max, decimals, thresholds, zero, texts, noValue = NOT_REPORTING }: FieldOptions): FieldConfigJson {
  const mappings = mappingsJson(zero, texts);
  return {
    unit,
    noValue,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(decimals === undefined ? {} : { decimals }),
    ...(mappings.length > 0 ? { mappings } : {}),
    ...(thresholds ? { thresholds: thresholdsJson(thresholds) } : {}),
  };
}

function thresholdsJson([base, ...steps]: NonNullable<FieldOptions['thresholds']>) {
  return { mode: 'absolute', steps: [{ value: null, color: base }, ...steps.map(([value, color]) => ({ value, color }))] } as const;
}

function mappingsJson(zero: string | undefined, texts: FieldOptions['texts'] = {}): ValueMappingJson[] {
  const all = { ...(zero === undefined ? {} : { '0': { text: zero } }), ...texts };
  const mappings: ValueMappingJson[] = [];
  if (Object.keys(all).length > 0) {
    mappings.push({
      type: 'value',
      options: Object.fromEntries(Object.entries(all).map(([value, result], index) => [value, { ...result, index }])),
    });
  }
  if (zero !== undefined)
    mappings.push({ type: 'special', options: { match: 'nan', result: { text: zero, index: Object.keys(all).length } } });
  return mappings;
}
