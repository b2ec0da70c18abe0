import { defaultThresholds, readThresholds, type Thresholds, thresholdDescriptions } from '../rules/thresholds.ts';
import type { OptionDescription } from './command.ts';
import { usageError } from './command-error.ts';
import type { Arguments } from './read-arguments.ts';

const FIELDS = Object.keys(defaultThresholds) as (keyof Thresholds)[];

/** An option for each threshold of the rules. */
export const thresholdOptions: Readonly<Record<string, OptionDescription>> = Object.fromEntries(
  FIELDS.map((field) => {
    const text = `${thresholdDescriptions[field]} (default ${defaultThresholds[field]})`;
    return [optionName(field), { value: '<number>', text }];
  }),
);

/**
 * The thresholds that were given.
 * @throws an error that names the option whose value is no number, or not one that the threshold can have.
 */
export function givenThresholds({ options }: Arguments): Partial<Thresholds> {
  const given: Partial<Record<keyof Thresholds, number>> = {};
  for (const field of FIELDS) {
    const name = optionName(field);
    const text = options.get(name);
    if (text === undefined) continue;
    // '' would be 0.
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isNaN(value)) throw usageError(`--${name} is ${JSON.stringify(text)}, not a number`);
    given[field] = value;
    try {
      readThresholds(given);
    } catch (error) {
      throw usageError((error as Error).message.replace(field, `--${name}`));
    }
  }
  return given;
}

function optionName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
