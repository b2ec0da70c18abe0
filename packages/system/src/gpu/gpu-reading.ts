/**
 * What is asked of `nvidia-smi --query-gpu`: names from `nvidia-smi --help-query-gpu` of driver 610. A driver that does not know one is asked
 * without it. It has no field for energy. `name` is the last because nvidia-smi quotes nothing, and a name may have a comma.
 */
export const GPU_FIELDS = [
  'uuid',
  'index',
  'timestamp',
  'mig.mode.current',
  'utilization.gpu',
  'utilization.encoder',
  'utilization.decoder',
  'memory.used',
  'memory.total',
  'power.draw',
  'temperature.gpu',
  'temperature.memory',
  // Since the driver was loaded; the aggregate ones are of the life of the GPU, which would all be errors of the first export.
  'ecc.errors.corrected.volatile.total',
  'ecc.errors.uncorrected.volatile.total',
  'name',
] as const;

export type GpuField = (typeof GPU_FIELDS)[number];

/** What nvidia-smi said of one GPU. What it did not know is undefined. */
export interface GpuReading {
  readonly uuid: string;
  readonly index: number | undefined;
  readonly name: string | undefined;
  readonly isMig: boolean;
  /** When it was read, by the wall clock of the host, which jumps. */
  readonly atMilliseconds: number | undefined;
  /** 0–1, as are the next two. */
  readonly utilization: number | undefined;
  readonly encoderUtilization: number | undefined;
  readonly decoderUtilization: number | undefined;
  readonly memoryUsedBytes: number | undefined;
  readonly memoryTotalBytes: number | undefined;
  readonly watts: number | undefined;
  readonly celsius: number | undefined;
  readonly memoryCelsius: number | undefined;
  readonly correctedErrors: number | undefined;
  readonly uncorrectedErrors: number | undefined;
}

const UUID = /^GPU-[0-9a-f-]{8,}$/i;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const TIMESTAMP = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})$/;
const MEBIBYTE = 2 ** 20;

/** A line of `--format=csv,noheader,nounits`; undefined where it is not about a GPU, or about one that is lost. */
export function parseGpuReading(line: string, fields: readonly GpuField[]): GpuReading | undefined {
  const cells = line.split(',').map((cell) => cell.trim());
  if (cells.length < fields.length) return undefined;
  const cell = (field: GpuField) => {
    const at = fields.indexOf(field);
    return at < 0 ? '' : (cells[at] ?? '');
  };
  const uuid = cell('uuid');
  if (!UUID.test(uuid)) return undefined;
  const number = (field: GpuField, least = 0, most = Infinity) => toNumber(cell(field), least, most);
  const share = (field: GpuField) => scaled(number(field, 0, 100), 1 / 100);
  return {
    uuid,
    index: number('index'),
    name: toName(cells.slice(fields.length - 1).join(', ')),
    isMig: cell('mig.mode.current') === 'Enabled',
    atMilliseconds: toMilliseconds(cell('timestamp')),
    utilization: share('utilization.gpu'),
    encoderUtilization: share('utilization.encoder'),
    decoderUtilization: share('utilization.decoder'),
    memoryUsedBytes: scaled(number('memory.used'), MEBIBYTE),
    memoryTotalBytes: scaled(number('memory.total'), MEBIBYTE),
    watts: number('power.draw'),
    celsius: number('temperature.gpu', -273),
    memoryCelsius: number('temperature.memory', -273),
    correctedErrors: number('ecc.errors.corrected.volatile.total'),
    uncorrectedErrors: number('ecc.errors.uncorrected.volatile.total'),
  };
}

/** Everything that is no number says why there is none: `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `[GPU is lost]`, `ERR!`. */
function toNumber(text: string, least: number, most: number): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

function toName(text: string): string | undefined {
  return text === '' || text.startsWith('[') || text === 'N/A' || text === 'ERR!' ? undefined : text;
}

/** Only differences count, so that the zone does not matter. */
function toMilliseconds(text: string): number | undefined {
  const [year = 0, month = 0, ...rest] = TIMESTAMP.exec(text)?.slice(1).map(Number) ?? [];
  return year === 0 ? undefined : Date.UTC(year, month - 1, ...rest);
}
