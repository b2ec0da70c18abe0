import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const FIXTURES = join(import.meta.dirname, 'fixtures');

export interface Fixture {
  readonly proc: string;
  readonly cgroup: string;
  /** Writes a file anew; undefined removes it. */
  readonly change: (path: string, content: string | undefined) => Promise<void>;
}

/** A copy of a folder of fixtures, of which fixtures/README.md tells, for the length of a test. */
export async function fixture(name: string): Promise<Fixture> {
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-system-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(FIXTURES, name), folder, { recursive: true });
  return {
    proc: join(folder, 'proc'),
    cgroup: join(folder, 'cgroup'),
    change: async (path, content) => {
      if (content === undefined) await rm(join(folder, path));
      else await writeFile(join(folder, path), content);
    },
  };
}
