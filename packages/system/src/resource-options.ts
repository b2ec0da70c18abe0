import type { Clock, Registry } from '@modelmeter/core';

/** What is reported, and where it is read. What a platform does not give is absent. */
export interface ResourceOptions {
  /** @default defaultRegistry() */
  readonly registry?: Registry;
  /** @default systemClock */
  readonly clock?: Clock;
  /**
   * Whether CPU time, memory, uptime and file descriptors of this process are reported.
   * @default true
   */
  readonly process?: boolean;
  /**
   * Whether CPUs, memory, file systems, disks and network of the host are reported, by one process of the host: see `hostLock`.
   * @default true
   */
  readonly host?: boolean;
  /**
   * Whether CPU time, throttling and memory of the container are reported, with their limits: of the control group of this process, unless that
   * is the one of the whole host.
   * @default true
   */
  readonly container?: boolean;
  /**
   * Whether NVIDIA GPUs are reported, by one process of the host: see `hostLock`.
   * @default true
   */
  readonly gpu?: boolean;
  /**
   * Where Linux tells about processes and itself.
   * @default '/proc'
   */
  readonly proc?: string;
  /**
   * Where control groups are mounted, of version 2 or 1.
   * @default '/sys/fs/cgroup'
   */
  readonly cgroup?: string;
  /**
   * The program that tells about GPUs: a path, or a name that is looked for in PATH.
   * @default 'nvidia-smi'
   */
  readonly nvidiaSmi?: string;
  /**
   * A value of CUDA_VISIBLE_DEVICES: only the GPUs that it shows are reported, and none for an empty one. For hosts that give each process GPUs of its
   * own: `process.env.CUDA_VISIBLE_DEVICES`, with `hostLock: false`.
   * @default all GPUs of the host, because one process reports them for all others
   */
  readonly visibleDevices?: string | undefined;
  /**
   * Name of the lock, of at most 100 characters, that decides which process reports host and GPUs: the first to have it, and within seconds of its end, however it
   * ended, another. It is an abstract Unix socket on Linux and a named pipe on Windows, so it leaves no file. Processes of one host share it
   * unless they are in containers with a network of their own. `false`: this process reports them whatever the others do.
   * @default 'modelmeter.host'
   */
  readonly hostLock?: string | false;
}
