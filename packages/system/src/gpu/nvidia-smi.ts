import type { Clock } from '@modelmeter/core';
import { GPU_FIELDS, type GpuField, type GpuReading, parseGpuReading } from './gpu-reading.ts';
import type { NvidiaSmiLauncher } from './nvidia-smi-launcher.ts';

/** A driver that is not loaded yet may take seconds for each GPU. */
const MAX_SILENT_SECONDS = 30;
/** More than a pipe holds, which is what there is to read when the event loop was blocked for long. */
const MAX_CHARACTERS_PER_TICK = 2 ** 19;
const MAX_BACK_OFF_SECONDS = 300;
/** Until it has worked for the first time: there may be no GPU at all. */
const MAX_FIRST_BACK_OFF_SECONDS = 3600;
/** When nvidia-smi has lived as long as this, the next failure counts as a first one. */
const WELL_AFTER_SECONDS = 60;
const MAX_MESSAGE_LENGTH = 200;
const UNKNOWN_FIELD = /^Field "([^"]+)" is not a valid field to query/;
/** Fields without which a line cannot be read. */
const NEEDED: readonly GpuField[] = ['uuid', 'name'];

export interface NvidiaSmiOptions {
  readonly launcher: NvidiaSmiLauncher;
  readonly intervalSeconds: number;
  readonly clock: Clock;
  readonly onReading: (reading: GpuReading) => void;
  /** It has ended or says nothing, and will be started again. */
  readonly onFailure: (reason: string) => void;
  /** There is no such program, and it will not be started again. */
  readonly onMissing: () => void;
}

/**
 * Keeps one `nvidia-smi` running: when it ends or hangs it is started again, after a second, after two, and so on up to five minutes; up to an hour
 * where it has never worked.
 */
export class NvidiaSmi {
  readonly #options: NvidiaSmiOptions;
  #fields: readonly GpuField[] = GPU_FIELDS;
  #endChild: (() => void) | undefined;
  #isStopped = false;
  #startedAtSeconds = 0;
  /** When the last line was read that is about a GPU. */
  #readAtSeconds = 0;
  #nextStartAtSeconds = -Infinity;
  #failures = 0;
  #hasWorked = false;
  #charactersSinceTick = 0;
  /** The last line that is not about a GPU: where nvidia-smi fails it says why. */
  #message = '';
  #unknownField: string | undefined;

  constructor(options: NvidiaSmiOptions) {
    this.#options = options;
  }

  /** To be called every interval: starts nvidia-smi when its time has come, and ends it when it hangs. */
  tick(): void {
    const nowSeconds = this.#options.clock.monotonicSeconds();
    this.#charactersSinceTick = 0;
    if (this.#isStopped) return;
    const { intervalSeconds } = this.#options;
    if (this.#endChild === undefined) {
      if (nowSeconds >= this.#nextStartAtSeconds) this.#start();
    } else if (nowSeconds - this.#readAtSeconds > Math.max(MAX_SILENT_SECONDS, 3 * intervalSeconds)) {
      this.#fail(this.#message === '' ? 'it says nothing' : this.#message);
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#end();
  }

  #start(): void {
    const { launcher, intervalSeconds, clock } = this.#options;
    this.#startedAtSeconds = this.#readAtSeconds = clock.monotonicSeconds();
    this.#message = '';
    this.#unknownField = undefined;
    const fields = this.#fields;
    const run = {
      onText: (length: number) => {
        this.#charactersSinceTick += length;
        if (this.#charactersSinceTick > MAX_CHARACTERS_PER_TICK) this.#fail('it writes without end');
      },
      onLine: (line: string) => this.#onLine(line, fields),
      onEnd: (reason: string, isMissing: boolean) => this.#onEnd(reason, isMissing),
    };
    const milliseconds = String(Math.round(intervalSeconds * 1000));
    this.#endChild = launcher.start(run, [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits', '-lms', milliseconds]);
  }

  #onLine(line: string, fields: readonly GpuField[]): void {
    const reading = parseGpuReading(line, fields);
    if (reading !== undefined) {
      this.#readAtSeconds = this.#options.clock.monotonicSeconds();
      this.#hasWorked = true;
      this.#options.onReading(reading);
    } else if (line !== '') {
      this.#message = line.slice(0, MAX_MESSAGE_LENGTH);
      this.#unknownField ??= UNKNOWN_FIELD.exec(line)?.[1];
    }
  }

  #onEnd(reason: string, isMissing: boolean): void {
    this.#endChild = undefined;
    const fields = this.#fields.filter((field) => field !== this.#unknownField || NEEDED.includes(field));
    if (isMissing) {
      this.#isStopped = true;
      this.#options.onMissing();
    } else if (fields.length < this.#fields.length) {
      this.#fields = fields;
      this.#start();
    } else {
      this.#fail(this.#message === '' ? reason : this.#message);
    }
  }

  #fail(reason: string): void {
    this.#end();
    const nowSeconds = this.#options.clock.monotonicSeconds();
    if (this.#readAtSeconds - this.#startedAtSeconds >= WELL_AFTER_SECONDS) this.#failures = 0;
    this.#nextStartAtSeconds =
      nowSeconds + Math.min(2 ** this.#failures++, this.#hasWorked ? MAX_BACK_OFF_SECONDS : MAX_FIRST_BACK_OFF_SECONDS);
    this.#options.onFailure(reason);
  }

  #end(): void {
    this.#endChild?.();
    this.#endChild = undefined;
  }
}
