import { statSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { BackgroundReader, type BackgroundOptions } from '../background-reader.ts';

/** Counts the open file descriptors of this process. */
export class FileDescriptors {
  readonly #folder: string;
  readonly #options: BackgroundOptions;
  #counted: BackgroundReader<number> | undefined;

  /** @param proc where Linux tells about processes. */
  constructor(proc: string, options: BackgroundOptions = {}) {
    this.#folder = join(proc, 'self/fd');
    this.#options = options;
  }

  /** Undefined where they are still being counted. */
  get count(): number | undefined {
    if (!this.#counted) {
      // Linux 6.2 and newer tell the number as the size of the folder. Before, it is always 0.
      const { size } = statSync(this.#folder);
      if (size > 0) return size;
      this.#counted = new BackgroundReader(() => countEntries(this.#folder), this.#options);
    }
    return this.#counted.value;
  }

  stop(): void {
    this.#counted?.stop();
  }
}

/** In small portions, because there may be many; without the one that the counting opens. */
async function countEntries(folder: string): Promise<number> {
  let count = 0;
  for await (const _entry of await opendir(folder)) count++;
  return count - 1;
}
