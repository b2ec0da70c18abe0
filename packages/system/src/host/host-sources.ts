import type { Clock } from '@modelmeter/core';
import type { Source } from '../source.ts';
import { cpuSource, linuxCpuTimes, nodeCpuTimes } from './cpu-source.ts';
import { diskSource } from './disk-source.ts';
import { filesystemSource, linuxMounts, nodeMounts } from './filesystem-source.ts';
import { linuxMemory, memorySource, nodeMemory } from './memory-source.ts';
import { networkSource } from './network-source.ts';

/** Everything about the host that this platform tells. What is read in the background comes last, so that its first reading has little beside it. */
export function hostSources(proc: string, clock: Clock): (() => Source)[] {
  if (process.platform !== 'linux') {
    return [
      () => cpuSource(nodeCpuTimes, clock),
      () => memorySource(nodeMemory),
      () => filesystemSource({ mounts: nodeMounts, background: { clock } }),
    ];
  }
  return [
    () => cpuSource(linuxCpuTimes(proc), clock),
    () => memorySource(linuxMemory(proc)),
    () => diskSource(proc),
    () => networkSource(proc),
    () => filesystemSource({ mounts: () => linuxMounts(proc), background: { clock } }),
  ];
}
