/** Throws a RangeError that names an option, or whatever else is given at set-up, and its value. */
export function check(isValid: boolean, what: string, value: unknown, expected: string): void {
  if (!isValid) throw new RangeError(`${what} is ${shown(value).slice(0, 100)}, not ${expected}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return Array.isArray(value) ? `[${value.join()}]` : String(value);
}
