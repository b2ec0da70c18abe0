import type { Report } from '../source.ts';
import { GpuEnergy } from './gpu-energy.ts';
import type { GpuReading } from './gpu-reading.ts';
import { reportGpu } from './report-gpu.ts';

interface Gpu {
  readonly energy: GpuEnergy;
  readonly reading: GpuReading;
  readonly joules: number | undefined;
  readonly readAtSeconds: number;
}

/** The last reading of each GPU; one that has not been read for a while is forgotten. */
export class Gpus {
  readonly #maxAgeSeconds: number;
  readonly #isVisible: (reading: GpuReading) => boolean;
  readonly #gpus = new Map<string, Gpu>();
  #readAtSeconds: number | undefined;

  constructor(maxAgeSeconds: number, isVisible: (reading: GpuReading) => boolean) {
    this.#maxAgeSeconds = maxAgeSeconds;
    this.#isVisible = isVisible;
  }

  /** Whether anything was read lately, of a visible GPU or not. */
  get isFresh(): boolean {
    return this.#readAtSeconds !== undefined;
  }

  set(reading: GpuReading, nowSeconds: number): void {
    this.#readAtSeconds = nowSeconds;
    if (!this.#isVisible(reading)) return;
    const known = this.#gpus.get(reading.uuid);
    const energy = known?.energy ?? new GpuEnergy(this.#maxAgeSeconds);
    // Its name is part of what its series are told apart by.
    const name = known?.reading.name ?? reading.name;
    this.#gpus.set(reading.uuid, { energy, reading: { ...reading, name }, joules: energy.add(reading), readAtSeconds: nowSeconds });
  }

  /** Forgets what is too old. */
  expire(nowSeconds: number): void {
    const isOld = (readAtSeconds: number) => nowSeconds - readAtSeconds > this.#maxAgeSeconds;
    if (this.#readAtSeconds !== undefined && isOld(this.#readAtSeconds)) this.#readAtSeconds = undefined;
    for (const [uuid, { readAtSeconds }] of this.#gpus) if (isOld(readAtSeconds)) this.#gpus.delete(uuid);
  }

  report(report: Report): void {
    for (const { reading, joules } of this.#gpus.values()) reportGpu(report, reading, joules);
  }
}
