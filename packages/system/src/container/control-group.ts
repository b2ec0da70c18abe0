import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the kernel tells about one resource of the control group that the process is in: the container, if it is in one. */
export interface ControlGroup {
  readonly version: 1 | 2;
  /** The folder of the group, then those of the groups around it that can be seen from here: each may have a limit. */
  readonly folders: readonly [string, ...string[]];
}

/**
 * Finds the control group by /proc/self/cgroup (cgroups(7)).
 * @param controller of version 1, where there is one.
 * @returns undefined where there are no control groups, and where the group is the one of the whole host.
 */
export function findControlGroup(proc: string, cgroup: string, controller: 'cpu' | 'cpuacct' | 'memory'): ControlGroup | undefined {
  const file = join(proc, 'self/cgroup');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, controllers = '', path = '']) => ({ controllers, path }));
  const v1 = lines.find(({ controllers }) => controllers.split(',').includes(controller));
  if (v1) {
    // This file is in the topmost group of version 1 alone, which has the whole host in it.
    const found = foldersOf([join(cgroup, v1.controllers), join(cgroup, controller)], v1.path);
    return found && !existsSync(join(found[0], 'cgroup.sane_behavior')) ? { version: 1, folders: found } : undefined;
  }
  const v2 = lines.find(({ controllers }) => controllers === '');
  // This one is in every group of version 2 but the topmost.
  const found = v2 && foldersOf([cgroup, join(cgroup, 'unified')], v2.path, 'cgroup.controllers');
  return found && existsSync(join(found[0], 'cgroup.type')) ? { version: 2, folders: found } : undefined;
}

/** In a container without a namespace for control groups the path is the host's, and the container's own group is mounted as the root. */
function foldersOf(roots: readonly string[], path: string, marker = ''): [string, ...string[]] | undefined {
  const root = roots.find((one) => existsSync(join(one, marker)));
  if (root === undefined) return undefined;
  const own = path.startsWith('/..') ? root : join(root, path).replace(/\/+$/, '');
  if (!existsSync(own)) return [root];
  const folders: [string, ...string[]] = [own];
  for (let folder = own; folder !== root && folder.startsWith(root); ) folders.push((folder = dirname(folder)));
  return folders;
}
