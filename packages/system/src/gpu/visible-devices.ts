import type { GpuReading } from './gpu-reading.ts';

type Identity = Pick<GpuReading, 'uuid' | 'index' | 'isMig'>;

/**
 * Which GPUs a value of CUDA_VISIBLE_DEVICES shows, by the rules of the CUDA C++ Programming Guide, "CUDA Environment Variables": numbers and
 * beginnings of UUIDs, up to the first entry that is neither. A number is taken as nvidia-smi's, which is CUDA's with
 * CUDA_DEVICE_ORDER=PCI_BUS_ID, and else where all GPUs are alike. `MIG-GPU-<UUID>/…` shows that GPU; `MIG-<UUID>` does not tell its GPU, and
 * shows all that are in MIG mode.
 * @returns undefined where it shows none.
 */
export function visibleDevices(value: string): ((gpu: Identity) => boolean) | undefined {
  const entries: string[] = [];
  for (const entry of value.split(',').map((one) => one.trim())) {
    if (!/^(\d+|GPU-\S*|MIG-\S+)$/i.test(entry)) break;
    entries.push(entry.toLowerCase());
  }
  return entries.length === 0 ? undefined : (gpu) => entries.some((entry) => shows(entry, gpu));
}

/** Undefined stands for all. */
export function showsAnyDevice(value: string | undefined): boolean {
  return value === undefined || visibleDevices(value) !== undefined;
}

function shows(entry: string, { uuid, index, isMig }: Identity): boolean {
  if (entry.startsWith('mig-gpu-')) return uuid.toLowerCase() === entry.slice('mig-'.length).split('/')[0];
  if (entry.startsWith('mig-')) return isMig;
  return entry.startsWith('gpu-') ? uuid.toLowerCase().startsWith(entry) : Number(entry) === index;
}
