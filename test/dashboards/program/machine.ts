import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { H100 } from '../../../packages/system/test/gpu/gpu-cells.ts';
import { CONTAINER } from './facts.ts';

const SYSTEM_TESTS = join(import.meta.dirname, '../../../packages/system/test');
const CHANGE_EVERY_SECONDS = 0.5;

/** Where the machine is read, while this process lasts: it is this one, but for its container, GPU, disk and network. */
export interface Machine {
  readonly proc: string;
  readonly cgroup: string;
  readonly nvidiaSmi: string;
}

/** A container with limits, which is throttled, a busy GPU, and a disk and a network with traffic. */
export function fakeMachine(): Machine {
  const folder = mkdtempSync(join(tmpdir(), 'modelmeter-machine-'));
  const [proc, cgroup, nvidiaSmi] = ['proc', 'cgroup', 'nvidia-smi'].map((name) => join(folder, name)) as [string, string, string];
  cpSync(join(SYSTEM_TESTS, 'fixtures/docker-v2'), folder, { recursive: true });
  // `self` is whoever looks.
  for (const name of ['stat', 'meminfo', 'self/mountinfo', 'self/fd']) symlinkSync(`/proc/${name}`, join(proc, name));
  mkdirSync(join(proc, 'net'));
  const replace = (path: string, text: string) => {
    writeFileSync(`${path}.new`, text, { mode: 0o755 });
    renameSync(`${path}.new`, path);
  };
  replace(join(cgroup, 'cpu.max'), `${CONTAINER.cpus * 100_000} 100000\n`);
  replace(join(cgroup, 'memory.max'), `${CONTAINER.memoryBytes}\n`);
  replace(nvidiaSmi, `#!/bin/sh\nexec '${process.execPath}' '${join(SYSTEM_TESTS, 'gpu/fake-nvidia-smi.ts')}' replays '${folder}' "$@"\n`);

  const beganAt = performance.now();
  const change = () => {
    const seconds = (performance.now() - beganAt) / 1000;
    const grown = (perSecond: number) => Math.round(perSecond * seconds);
    const cpu = { usage: 0.9, user: 0.7, system: 0.2, throttled: CONTAINER.throttledSecondsPerSecond };
    replace(
      join(cgroup, 'cpu.stat'),
      Object.entries(cpu)
        .map(([name, share]) => `${name}_usec ${grown(1e6 * share)}\n`)
        .join(''),
    );
    // A container may have no disk and no network of its own. Sectors and bytes, read and written.
    replace(join(proc, 'diskstats'), `254 0 vda 0 0 ${grown(2000)} 0 0 0 ${grown(1000)} 0 0 0 0\n`);
    replace(join(proc, 'net/dev'), `\n\neth0: ${grown(50_000)} 0 0 0 0 0 0 0 ${grown(20_000)} 0 0 0 0 0 0 0\n`);
    const gpu = { ...H100, 'utilization.gpu': String(Math.round(60 + 30 * Math.sin(seconds))), timestamp: timestamp() };
    replace(join(folder, 'gpus.json'), JSON.stringify([gpu]));
  };
  change();
  setInterval(change, CHANGE_EVERY_SECONDS * 1000).unref();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return { proc, cgroup, nvidiaSmi };
}

/** As nvidia-smi writes it. */
function timestamp(): string {
  return new Date().toISOString().replaceAll('-', '/').replace('T', ' ').replace('Z', '');
}
