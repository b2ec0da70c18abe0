import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from '@modelmeter/core';
import { hardwarePower } from '@modelmeter/core/gpu-metrics';
import { reportGpus } from '../../src/gpu/report-gpus.ts';

// A program that reports GPUs. Run as: program.ts <ending> <path of nvidia-smi>

/** How the program ends, once it has read a GPU. */
export type Ending = keyof typeof endings;

const endings = {
  'it has nothing more to do': () => {},
  'it calls process.exit': () => process.exit(3),
  'it throws': () => {
    throw new Error('on purpose');
  },
  'it is killed': () => void setInterval(() => {}, 1000),
} satisfies Record<string, () => void>;

if (process.argv[1] === import.meta.filename) {
  const [ending, nvidiaSmi = ''] = process.argv.slice(2);
  const registry = new Registry();
  const reader = registry.openReader();
  reportGpus(registry, { nvidiaSmi, intervalSeconds: 0.05 });
  while (reader.collect().families.every(({ definition }) => definition.name !== hardwarePower.name)) await sleep(10);
  process.stdout.write('ready\n');
  endings[ending as Ending]();
}
