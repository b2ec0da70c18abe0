// nvidia-smi writes lines of about 150 characters.
const MAX_LINE_LENGTH = 4096;

/** Cuts a stream of text into lines. A line that is too long is left out, so that a program that writes without end takes no memory. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  #rest = '';
  #isTooLong = false;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!this.#isTooLong && line.length <= MAX_LINE_LENGTH) this.#onLine(line.trim());
      this.#isTooLong = false;
    }
    if (this.#rest.length <= MAX_LINE_LENGTH) return;
    this.#isTooLong = true;
    this.#rest = '';
  }
}
