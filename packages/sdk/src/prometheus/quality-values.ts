/** One element of an `Accept`-like header. */
export interface QualityValue {
  /** In lower case, such as `text/plain` or `gzip`. */
  readonly value: string;
  /** By lower-case name, `q` among them. */
  readonly parameters: ReadonlyMap<string, string>;
  /** 0 (not acceptable) to 1. */
  readonly quality: number;
}

/**
 * The elements of a header such as `Accept` or `Accept-Encoding` (RFC 9110, section 12.4.2), in their order. A weight that can't be read
 * counts as 0. Commas and semicolons in quoted strings are not looked for: what they part is a value that nobody knows.
 */
export function qualityValues(header: string): QualityValue[] {
  return header.split(',').map((element) => {
    const [value = '', ...rest] = element.split(';').map((part) => part.trim());
    const parameters = new Map(rest.map(parameter));
    return { value: value.toLowerCase(), parameters, quality: quality(parameters.get('q') ?? '1') };
  });
}

function parameter(text: string): [name: string, value: string] {
  const [name = '', value = ''] = text.split('=', 2).map((part) => part.trim());
  return [name.toLowerCase(), value.replace(/^"(.*)"$/, '$1')];
}

function quality(text: string): number {
  return /^(?:0(?:\.\d*)?|1(?:\.0*)?)$/.test(text) ? Number(text) : 0;
}
