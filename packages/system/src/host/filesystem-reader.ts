import type { statfs } from 'node:fs/promises';
import type { Mount } from './mounts.ts';

/** The space of one file system; used, free and reserved add up to the total. */
export interface FilesystemSpace {
  readonly mount: Mount;
  readonly totalBytes: number;
  readonly usedBytes: number;
  /** For everyone. */
  readonly freeBytes: number;
  /** For the superuser alone. */
  readonly reservedBytes: number;
}

export interface FilesystemReading {
  readonly spaces: readonly FilesystemSpace[];
  /** Names those that did not answer. */
  readonly failure: Error | undefined;
}

/** Each unanswered question holds a thread of Node's pool, which has four by default and serves all files and names of hosts. */
const MOST_UNANSWERED = 2;
/** We may not look there, or it went away since the list was made: nothing is wrong. */
const NOT_FOR_US = new Set(['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR']);

/** Asks file systems for their space, one after another. One that has not answered is not asked again before it does. */
export class FilesystemReader {
  readonly #statfs: typeof statfs;
  readonly #timeoutSeconds: number;
  readonly #unanswered = new Set<string>();

  constructor(ask: typeof statfs, timeoutSeconds: number) {
    this.#statfs = ask;
    this.#timeoutSeconds = timeoutSeconds;
  }

  async read(mounts: readonly Mount[]): Promise<FilesystemReading> {
    const spaces: FilesystemSpace[] = [];
    const failed: string[] = [];
    for (const mount of mounts) {
      const { mountpoint } = mount;
      try {
        const space = await this.#ask(mount);
        if (space !== undefined) spaces.push(space);
      } catch (error) {
        failed.push(`${mountpoint}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return { spaces, failure: failed.length > 0 ? new Error(failed.join('; ')) : undefined };
  }

  async #ask(mount: Mount): Promise<FilesystemSpace | undefined> {
    const { mountpoint } = mount;
    if (this.#unanswered.has(mountpoint)) throw new Error('it has not answered yet');
    if (this.#unanswered.size >= MOST_UNANSWERED) throw new Error('not asked, because others do not answer');
    this.#unanswered.add(mountpoint);
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${this.#timeoutSeconds} s`)), this.#timeoutSeconds * 1000).unref();
    });
    const answer = this.#statfs(mountpoint).finally(() => this.#unanswered.delete(mountpoint));
    try {
      const { bsize, blocks, bfree, bavail } = await Promise.race([answer, timeUp]);
      if (blocks === 0) return undefined;
      return {
        mount,
        totalBytes: blocks * bsize,
        usedBytes: (blocks - bfree) * bsize,
        freeBytes: bavail * bsize,
        reservedBytes: (bfree - bavail) * bsize,
      };
    } catch (error) {
      if (NOT_FOR_US.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}
