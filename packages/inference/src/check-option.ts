// Each throws a TypeError or RangeError that names the option and its value.

export function checkName(option: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${option} is ${shown(value)}, not a name`);
}

export function checkFunction(option: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`${option} is ${shown(value)}, not a function`);
}

/** Between the two, which it must not be. */
export function checkNumber(option: string, value: unknown, above: number, below: number): void {
  if (typeof value === 'number' && value > above && value < below) return;
  throw new RangeError(`${option} is ${shown(value)}, not a number above ${above}${below === Infinity ? '' : ` and below ${below}`}`);
}

export function checkOneOf(option: string, value: unknown, allowed: readonly unknown[]): void {
  if (!allowed.includes(value)) throw new RangeError(`${option} is ${shown(value)}, none of ${allowed.map(shown).join(', ')}`);
}

export function checkList(option: string, value: unknown): void {
  if (!Array.isArray(value)) throw new TypeError(`${option} is ${shown(value)}, not an array`);
  for (const one of value) checkName(`a value of ${option}`, one);
}

export function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
