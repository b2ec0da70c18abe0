import type { ExpositionFormat } from './exposition-format.ts';
import { type QualityValue, qualityValues } from './quality-values.ts';

/** The format that an `Accept` header asks for: the one of the highest weight, the first of equals, text where it asks for neither. */
export function acceptedFormat(accept: string | undefined): ExpositionFormat {
  let best: ExpositionFormat = 'text';
  let bestQuality = 0;
  for (const range of qualityValues(accept ?? '')) {
    const format = formatOf(range);
    if (format !== undefined && range.quality > bestQuality) {
      best = format;
      bestQuality = range.quality;
    }
  }
  return best;
}

// Parameters other than the version, such as the `escaping` of Prometheus 3, ask for nothing that our names would need.
function formatOf({ value, parameters }: QualityValue): ExpositionFormat | undefined {
  const version = parameters.get('version');
  if (value === 'application/openmetrics-text') return version === undefined || version === '1.0.0' ? 'openmetrics' : undefined;
  if (value === 'text/plain') return version === undefined || version === '0.0.4' ? 'text' : undefined;
  return value === 'text/*' || value === '*/*' ? 'text' : undefined;
}

/** Whether an `Accept-Encoding` header allows gzip and does not prefer the page as it is. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const qualities = new Map(qualityValues(acceptEncoding ?? '').map(({ value, quality }) => [value, quality]));
  const gzip = qualities.get('gzip') ?? qualities.get('x-gzip') ?? qualities.get('*') ?? 0;
  return gzip > 0 && gzip >= (qualities.get('identity') ?? 0);
}
