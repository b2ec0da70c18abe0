import { diag } from '@opentelemetry/api';
import { getNumberFromEnv } from '@opentelemetry/core';

/** A port, from an environment variable; undefined, with a warning, where it is none. */
export function portFromEnv(variable: string): number | undefined {
  return checked(variable, isPort, 'an integer from 0 to 65535');
}

/** A duration in milliseconds, from an environment variable; undefined, with a warning, where it is none. */
export function millisecondsFromEnv(variable: string): number | undefined {
  return checked(variable, isTimerMilliseconds, 'a number above 0 that a timer can take');
}

export function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 65_535;
}

/** Whether Node's timers take a duration: beyond 2³¹ − 1 ms they fire at once. */
export function isTimerMilliseconds(value: number): boolean {
  return value > 0 && value <= 2 ** 31 - 1;
}

function checked(variable: string, isValid: (value: number) => boolean, expected: string): number | undefined {
  const value = getNumberFromEnv(variable);
  if (value === undefined || isValid(value)) return value;
  diag.warn(`modelmeter: ${variable} is ${value}, not ${expected}: the default is used`);
  return undefined;
}
