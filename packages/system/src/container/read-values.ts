import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** "No limit" of version 1 is the largest number of pages; no machine has so many bytes. */
const NO_LIMIT = 2 ** 60;

/** The text of a file; undefined where there is none. */
export function readIfPresent(folder: string, file: string): string | undefined {
  try {
    return readFileSync(join(folder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A file with one number in it; undefined where there is no file, or where it says that there is no limit. */
export function parseAmount(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === 'max') return undefined;
  const amount = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(amount)) throw new Error(`${JSON.stringify(text)} is no number`);
  return amount < 0 || amount >= NO_LIMIT ? undefined : amount;
}

/** A value of a file with a name and a number in each line. */
export function parseEntry(text: string | undefined, name: string): number | undefined {
  const digits = new RegExp(`^${name} (\\d+)$`, 'm').exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The smallest of what is known. */
export function least(amounts: readonly (number | undefined)[]): number | undefined {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
