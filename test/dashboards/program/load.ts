import { setTimeout as sleep } from 'node:timers/promises';
import { Counted } from './counted.ts';
import { type Kind, type ModelServer, OUTCOMES, type Question } from './serving.ts';

/** What is asked for, over and over. */
const KINDS: readonly Kind[] = [
  ...['good', 'good', 'bad', 'good', 'good', 'busy', 'good', 'slow', 'good'],
  ...['good', 'late', 'good', 'good', 'broken', 'good', 'good', 'left', 'good', 'good'],
] as Kind[];
const EVERY_MILLISECONDS = 60;
const MOST_ROWS = 6;

/** Sends questions at a steady rate, whatever becomes of the ones before, to the models in turn. */
export class Load {
  readonly requests = new Counted<{ model: string; version: string; outcome: string }>();
  samples = 0;
  readonly objectiveMisses = new Counted<{ model: string }>();
  readonly #server: ModelServer;
  readonly #models: { readonly model: string; readonly version: string; readonly kinds: readonly Kind[]; sent: number }[] = [];
  #hasEnded = false;

  constructor(server: ModelServer) {
    this.#server = server;
  }

  /** Sends from now on to this one as well. @param kinds what it is asked; everything by default. */
  add(model: string, version: string, kinds: readonly Kind[] = KINDS): void {
    this.#models.push({ model, version, kinds, sent: 0 });
  }

  async send(): Promise<void> {
    for (let i = 0; !this.#hasEnded; i++) {
      const target = this.#models[i % this.#models.length];
      if (target) void this.#ask(target.model, target.version, target.kinds[target.sent % target.kinds.length] ?? 'good', target.sent++);
      await sleep(EVERY_MILLISECONDS);
    }
  }

  end(): void {
    this.#hasEnded = true;
  }

  async #ask(model: string, version: string, kind: Kind, number: number): Promise<void> {
    const rows = Array.from({ length: 1 + (number % MOST_ROWS) }, () => [1, 2, 3, 4]);
    const body = JSON.stringify({ kind, rows } satisfies Question);
    try {
      const response = await fetch(`${this.#server.url}/${model}/${version}`, { method: 'POST', body });
      await response.arrayBuffer();
    } catch {
      // One that was left, and what is under way when the server closes.
      if (kind !== 'left') return;
    }
    const outcome = OUTCOMES[kind];
    this.requests.add({ model, version, outcome });
    if (outcome === 'none') this.samples += rows.length;
    if (kind === 'slow' || ['rejected', 'timeout', '_OTHER'].includes(outcome)) this.objectiveMisses.add({ model });
  }
}
