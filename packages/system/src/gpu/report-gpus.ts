import { type Clock, HookErrors, type Registry, systemClock } from '@modelmeter/core';
import { reportSource } from '../report-source.ts';
import type { Report } from '../source.ts';
import { TurnByTurn } from '../turn-by-turn.ts';
import { Gpus } from './gpus.ts';
import { NvidiaSmi } from './nvidia-smi.ts';
import { NvidiaSmiLauncher } from './nvidia-smi-launcher.ts';
import { visibleDevices as visibleTo } from './visible-devices.ts';

export interface GpuOptions {
  /**
   * Program that reads NVIDIA GPUs: a path, or a name that is looked up in PATH.
   * @default 'nvidia-smi'
   */
  readonly nvidiaSmi?: string;
  /**
   * Seconds between two readings, from 0.01 to 3600. A value that is older than three of them is absent.
   * @default 5
   */
  readonly intervalSeconds?: number;
  /**
   * A value of CUDA_VISIBLE_DEVICES: only the GPUs that it shows are reported. For hosts that give each process GPUs of its own, where each
   * process reports: `process.env.CUDA_VISIBLE_DEVICES`.
   * @default all GPUs that nvidia-smi shows, because one process of a host reports them for all others
   */
  readonly visibleDevices?: string | undefined;
  /** @default systemClock */
  readonly clock?: Clock;
  /**
   * What starts `nvidiaSmi`.
   * @default one of its own, stopped with it
   */
  readonly launcher?: NvidiaSmiLauncher | undefined;
  /** @default turns of its own */
  readonly turns?: TurnByTurn;
}

/**
 * Reports the NVIDIA GPUs of the host until stopped, from one `nvidia-smi` in the background. Where there is no such program nothing is reported,
 * `modelmeter.collector.up` included; where it fails the values are absent and `modelmeter.collector.up` is 0.
 * @returns stops it and removes its series.
 * @throws TypeError or RangeError that names the option and its value.
 */
export function reportGpus(registry: Registry, options: GpuOptions = {}): () => void {
  const { nvidiaSmi = 'nvidia-smi', intervalSeconds = 5, visibleDevices, clock = systemClock, turns = new TurnByTurn() } = options;
  if (typeof nvidiaSmi !== 'string' || nvidiaSmi === '') throw new TypeError(`nvidiaSmi is ${JSON.stringify(nvidiaSmi)}, not a program`);
  if (typeof intervalSeconds !== 'number' || !(intervalSeconds >= 0.01 && intervalSeconds <= 3600)) {
    throw new RangeError(`intervalSeconds is ${intervalSeconds}, not a number from 0.01 to 3600`);
  }
  if (visibleDevices !== undefined && typeof visibleDevices !== 'string') {
    throw new TypeError(`visibleDevices is of type ${typeof visibleDevices}, not a value of CUDA_VISIBLE_DEVICES`);
  }
  const isVisible = visibleDevices === undefined ? () => true : visibleTo(visibleDevices);
  const isNode = typeof process !== 'undefined' && typeof process.getBuiltinModule === 'function';
  if (isVisible === undefined || !isNode) return () => {};

  const errors = new HookErrors(registry);
  const gpus = new Gpus(3 * intervalSeconds, isVisible);
  let reason = '';
  let stopSource: (() => void) | undefined;
  const read = (report: Report) => {
    if (!gpus.isFresh) throw new Error(`${nvidiaSmi} gives no values: ${reason}`);
    gpus.report(report);
  };
  /** Not before something is known: where there are no GPUs there is no collector. */
  const startSource = () => errors.guard('GPU metrics', () => (stopSource ??= reportSource(registry, { name: 'gpu', read }, turns)));

  const ownLauncher = options.launcher ? undefined : new NvidiaSmiLauncher(nvidiaSmi);
  const smi = new NvidiaSmi({
    launcher: options.launcher ?? (ownLauncher as NvidiaSmiLauncher),
    intervalSeconds,
    clock,
    onReading: (reading) => {
      gpus.set(reading, clock.monotonicSeconds());
      startSource();
    },
    onFailure: (failure) => {
      reason = failure;
      startSource();
    },
    onMissing: () => stop(),
  });

  let tickedAtSeconds = clock.monotonicSeconds();
  const timer = setInterval(() => {
    const nowSeconds = clock.monotonicSeconds();
    const isLate = nowSeconds - tickedAtSeconds > 2 * intervalSeconds;
    tickedAtSeconds = nowSeconds;
    // The event loop was blocked: what nvidia-smi wrote meanwhile is read before the next tick.
    if (isLate) return;
    gpus.expire(nowSeconds);
    smi.tick();
  }, intervalSeconds * 1000);
  timer.unref();

  // Its series stay: another listener may read them.
  const onExit = () => smi.stop();
  const stop = () => {
    clearInterval(timer);
    process.removeListener('exit', onExit);
    smi.stop();
    ownLauncher?.stop();
    stopSource?.();
    stopSource = undefined;
  };
  process.on('exit', onExit);
  smi.tick();
  return stop;
}
