import { diag } from '@opentelemetry/api';

const MOST = 100;

/** Tells each thing once through `diag`. */
export class Warnings {
  readonly #told = new Set<string>();

  /** @param detail is told as well, and does not make it another thing. */
  warn(message: string, detail?: unknown): void {
    if (this.#told.has(message) || this.#told.size >= MOST) return;
    this.#told.add(message);
    diag.warn(`modelmeter: ${message}`, ...(detail === undefined ? [] : [detail]));
  }
}
