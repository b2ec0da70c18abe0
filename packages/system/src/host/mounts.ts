/** A file system of the host. */
export interface Mount {
  readonly mountpoint: string;
  readonly device: string;
  readonly type: string;
  readonly mode: 'ro' | 'rw';
}

/** File systems whose server may be gone: asking one would block a thread of Node's pool until it is back. They are the server's to report. */
const NETWORK = /^(nfs\d?|cifs|smb\w*|ceph|glusterfs|lustre|gpfs|afs|beegfs|ncpfs|9p|virtiofs|fuse(\..*)?)$/;
/** On block devices, but images that are full by nature. */
const IMAGES = /^(squashfs|iso9660|udf|erofs|cramfs)$/;
/** ZFS may have thousands. */
const MOST_MOUNTS = 100;
/** What container engines mount over a single file. */
const FILES = /^\/(etc\/(hosts|hostname|resolv\.conf)|dev\/termination-log)$/;

/**
 * The file systems of /proc/self/mountinfo (proc_pid_mountinfo(5)) that have space of their own on this host: those on block devices, ZFS, and
 * whatever is the root, in a container too. Each once, where it was mounted in several places: where the path is shortest. Of more than a hundred, those with the shortest paths.
 */
export function parseMounts(mountinfo: string): Mount[] {
  const byMountpoint = new Map<string, Mount & { readonly id: string }>();
  for (const line of mountinfo.split('\n')) {
    const [before = '', after = ''] = line.split(' - ');
    const [, , id = '', , mountpoint, options = ''] = before.split(' ');
    const [type = '', device = '', ofFilesystem = ''] = after.split(' ');
    if (mountpoint === undefined) continue;
    const path = unescaped(mountpoint);
    const mode = `${options},${ofFilesystem}`.split(',').includes('ro') ? 'ro' : 'rw';
    // What is mounted over another is what the path leads to.
    byMountpoint.set(path, { id, mountpoint: path, device: unescaped(device), type, mode });
  }
  const byId = new Map<string, Mount>();
  const shortestFirst = [...byMountpoint.values()].sort((a, b) => a.mountpoint.length - b.mountpoint.length);
  for (const { id, ...mount } of shortestFirst) if (hasSpace(mount) && !byId.has(id)) byId.set(id, mount);
  return [...byId.values()].slice(0, MOST_MOUNTS);
}

function hasSpace({ mountpoint, device, type }: Mount): boolean {
  if (mountpoint === '/') return true;
  if (NETWORK.test(type) || IMAGES.test(type) || FILES.test(mountpoint)) return false;
  return device.startsWith('/dev/') || type === 'zfs';
}

/** The kernel writes space, tab, line feed and backslash as `\040` and so on. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
