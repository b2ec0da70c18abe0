import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What says that there is none; anything else, such as a permission model of Node that keeps us from looking, does not. */
const ABSENT: readonly unknown[] = ['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];

/** Whether an executable of that name or path can be found, as execvp(3) looks for it. Nothing is started. */
export async function isProgram(program: string, path = process.env['PATH'] ?? '/bin:/usr/bin'): Promise<boolean> {
  const candidates = program.includes('/') ? [program] : path.split(delimiter).map((folder) => join(folder, program));
  for (const candidate of candidates) if (await isExecutable(candidate)) return true;
  return false;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch (error) {
    return !ABSENT.includes((error as NodeJS.ErrnoException).code);
  }
}
