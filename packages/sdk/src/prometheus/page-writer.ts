import type { BucketLabels } from './bucket-labels.ts';
import type { FamilyText } from './family-text.ts';
import { NUMBER_BYTES, writeNumber } from './write-number.ts';

/** About 2,000 lines. */
const PIECE_BYTES = 256 * 1024;
/** For the value of a line, and what is between its parts. */
const VALUE_BYTES = NUMBER_BYTES + 5;

const NEWLINE = 0x0a;
const SPACE = 0x20;
const COMMA = 0x2c;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Writes lines into pieces of bytes. Copying text that is kept as bytes takes half the time of joining and encoding strings. */
export class PageWriter {
  #piece: Buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  #at = 0;
  #full: Buffer[] = [];
  readonly #spare: Buffer[] = [];

  get hasFullPieces(): boolean {
    return this.#full.length > 0;
  }

  /** The pieces that are full, each handed out once. A piece ends at the end of a line. */
  takeFullPieces(): Buffer[] {
    const full = this.#full;
    this.#full = [];
    return full;
  }

  /** What has been written since the last full piece. */
  takeRest(): Buffer {
    return this.#piece.subarray(0, this.#at);
  }

  /** Takes back a piece that is not needed any more, to write over it. */
  reuse(piece: Buffer): void {
    if (piece.buffer.byteLength === PIECE_BYTES) this.#spare.push(Buffer.from(piece.buffer));
  }

  text(text: string): void {
    this.#reserve(text.length * 3);
    this.#at += this.#piece.write(text, this.#at);
  }

  /** `name{labels} value` */
  sample(name: Uint8Array, labels: Uint8Array, value: number): void {
    this.#reserve(name.length + labels.length + VALUE_BYTES);
    this.#sample(name, labels, value);
  }

  /** The lines of one histogram. `counts` has the buckets from `at`, each counted alone. */
  histogram(
    { bucket, sum, count }: FamilyText,
    labels: Uint8Array,
    { texts, byteLength }: BucketLabels,
    counts: Float64Array,
    at: number,
    total?: number,
  ): void {
    const longestLine = bucket.length + labels.length + VALUE_BYTES;
    this.#reserve(byteLength + (texts.length + 2) * longestLine);
    const start = this.#at;
    this.#put(bucket);
    this.#byte(OPENING_BRACE);
    if (labels.length > 0) {
      this.#put(labels);
      this.#byte(COMMA);
    }
    const end = this.#at;
    let cumulative = 0;
    for (let i = 0; i < texts.length; i++) {
      if (i > 0) {
        this.#piece.copyWithin(this.#at, start, end);
        this.#at += end - start;
      }
      this.#put(texts[i] as Uint8Array);
      cumulative += counts[at + i] as number;
      this.#value(cumulative);
    }
    if (total !== undefined) this.#sample(sum, labels, total);
    this.#sample(count, labels, cumulative);
  }

  #sample(name: Uint8Array, labels: Uint8Array, value: number): void {
    this.#put(name);
    if (labels.length > 0) {
      this.#byte(OPENING_BRACE);
      this.#put(labels);
      this.#byte(CLOSING_BRACE);
    }
    this.#value(value);
  }

  /** What follows a name and its labels. */
  #value(value: number): void {
    this.#byte(SPACE);
    this.#at = writeNumber(this.#piece, this.#at, value);
    this.#byte(NEWLINE);
  }

  #put(bytes: Uint8Array): void {
    this.#piece.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #byte(byte: number): void {
    this.#piece[this.#at++] = byte;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#piece.length) return;
    if (this.#at > 0) this.#full.push(this.takeRest());
    this.#piece = bytes > PIECE_BYTES ? Buffer.allocUnsafeSlow(bytes) : (this.#spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES));
    this.#at = 0;
  }
}
