import { defaultRegistry, HookErrors, Registry, systemClock } from '@modelmeter/core';
import { diag } from '@opentelemetry/api';
import { checkBoolean, checkClock, checkDevices, checkLock, checkRegistry, checkText } from './check-option.ts';
import { containerCpuSource } from './container/container-cpu-source.ts';
import { containerMemorySource } from './container/container-memory-source.ts';
import { NvidiaSmiLauncher } from './gpu/nvidia-smi-launcher.ts';
import { reportGpus } from './gpu/report-gpus.ts';
import { showsAnyDevice } from './gpu/visible-devices.ts';
import { hostSources } from './host/host-sources.ts';
import { whenHostLeader } from './host-leader.ts';
import { FileDescriptors } from './process/file-descriptors.ts';
import { processSource } from './process/process-source.ts';
import { reportSource } from './report-source.ts';
import type { ResourceOptions } from './resource-options.ts';
import type { Source } from './source.ts';
import { TurnByTurn } from './turn-by-turn.ts';

/** What is under way, and how many have asked for it. */
const reports = new WeakMap<Registry, { readonly stops: readonly (() => void)[]; askers: number }>();

/**
 * Reports what models run on: this process, the host, the container and the GPUs. Where the program runs without Node it does nothing. It is set up in
 * the next turns of the event loop, a piece in each. A registry
 * takes one such report at a time: a further call joins it, with the options of the first, and it ends when all who asked have stopped it.
 * @returns a function that stops it: timers, child processes and the lock of the host are given back, and the series removed.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function reportResources(options: ResourceOptions = {}): () => void {
  if (globalThis.process?.versions?.node === undefined) return () => {};
  const { registry = defaultRegistry(), clock = systemClock, process = true, host = true, container = true, gpu = true } = options;
  const { proc = '/proc', cgroup = '/sys/fs/cgroup', nvidiaSmi = 'nvidia-smi', visibleDevices, hostLock = 'modelmeter.host' } = options;
  checkRegistry('registry', registry);
  checkClock('clock', clock);
  for (const [option, value] of Object.entries({ process, host, container, gpu })) checkBoolean(option, value);
  for (const [option, value] of Object.entries({ proc, cgroup, nvidiaSmi })) checkText(option, value);
  checkDevices('visibleDevices', visibleDevices);
  checkLock('hostLock', hostLock);
  const known = reports.get(registry);
  if (known && Object.keys(options).some((option) => option !== 'registry')) {
    diag.warn('modelmeter: resources are reported to this registry already; the options of the second reportResources change nothing');
  }
  const report = known ?? {
    stops: begin(registry, { clock, process, host, container, gpu, proc, cgroup, nvidiaSmi, visibleDevices, hostLock }),
    askers: 0,
  };
  reports.set(registry, report);
  report.askers++;
  let isStopped = false;
  return () => {
    if (isStopped) return;
    isStopped = true;
    if (--report.askers > 0) return;
    reports.delete(registry);
    for (const stop of report.stops) stop();
  };
}

/** @returns functions that stop each part. */
function begin(registry: Registry, options: Required<Omit<ResourceOptions, 'registry'>>): (() => void)[] {
  const { clock, proc, cgroup, nvidiaSmi, visibleDevices, hostLock } = options;
  const turns = new TurnByTurn();
  const stops = [() => turns.stop()];
  const report = (source: Source | undefined) => {
    if (source) stops.push(reportSource(registry, source, turns));
  };

  const launcher = options.gpu && showsAnyDevice(visibleDevices) ? new NvidiaSmiLauncher(nvidiaSmi) : undefined;
  stops.push(() => launcher?.stop());
  if (options.process) {
    const descriptors = process.platform === 'linux' ? new FileDescriptors(proc, { clock }) : undefined;
    report(processSource({ clock, fileDescriptors: () => descriptors?.count }));
    stops.push(() => descriptors?.stop());
  }
  if (options.container) {
    const errors = new HookErrors(registry);
    turns.add(() => report(errors.guard('container.cpu', () => containerCpuSource(proc, cgroup))));
    turns.add(() => report(errors.guard('container.memory', () => containerMemorySource(proc, cgroup, { clock }))));
  }
  if (options.host || launcher) {
    const lead = () => {
      const leaderStops: (() => void)[] = [];
      const sources = options.host ? hostSources(proc, clock) : [];
      for (const source of sources) turns.add(() => leaderStops.push(reportSource(registry, source(), turns)));
      if (launcher) leaderStops.push(reportGpus(registry, { nvidiaSmi, visibleDevices, clock, launcher, turns }));
      return () => {
        for (const stop of leaderStops) stop();
      };
    };
    turns.add(() => stops.push(whenHostLeader(hostLock, lead)));
  }
  turns.add(rehearseCollection);
  return stops;
}

/** Has the code compiled that collects, so that the first collection does not. */
function rehearseCollection(): void {
  const reader = new Registry().openReader();
  reader.collect();
  reader.close();
}
