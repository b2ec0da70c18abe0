import { setTimeout as sleep } from 'node:timers/promises';
import { type Digits, IMAGE_SIZE } from './load-digits.ts';

/** What clients do, and how often of a hundred times. */
const MIX = { one: 80, many: 8, slow: 4, broken: 4, tooLarge: 2, impatient: 2 } as const;

export type Kind = keyof typeof MIX;

/** Images in a request. */
const IMAGES: Readonly<Record<Kind, number>> = { one: 1, many: 64, slow: 1, broken: 1, tooLarge: 1, impatient: 1 };
/** A slow client sends its question in pieces. */
const PIECES = 4;
const BETWEEN_PIECES_MILLISECONDS = 10;
const TOO_LARGE_BYTES = 2_000_000;
/** An impatient one leaves before all of it is sent. */
const IMPATIENT_MILLISECONDS = 15;

export interface LoadOptions {
  readonly url: string;
  readonly digits: Digits;
  readonly requests: number;
  /** How many clients ask at the same time. */
  readonly clients: number;
  /** Between an answer and the next question of a client, in milliseconds; half as much to half as much again. */
  readonly pauseMilliseconds: number;
}

/** What the clients saw. */
export interface LoadResult {
  readonly seconds: number;
  readonly sent: Readonly<Record<Kind, number>>;
  /** Answers by status; `left` are clients who did not wait for theirs. */
  readonly answers: Readonly<Record<string, number>>;
  /** Images that were asked for and answered, and how many of these rightly. */
  readonly images: number;
  readonly right: number;
}

/** Asks a server for digits as clients do: most for one, some for many, some wrongly, some with no patience. The mix is the same in every run. */
export async function sendLoad({ url, digits, requests, clients, pauseMilliseconds }: LoadOptions): Promise<LoadResult> {
  const sent: Record<Kind, number> = { one: 0, many: 0, slow: 0, broken: 0, tooLarge: 0, impatient: 0 };
  const answers: Record<string, number> = {};
  let images = 0;
  let right = 0;
  let next = 0;

  async function ask(number: number): Promise<void> {
    const kind = kindOf(number);
    sent[kind]++;
    const asked = imagesOf(kind, number, digits.count);
    const body = bodyOf(kind, asked, digits);
    const request: RequestInit = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    if (kind === 'slow' || kind === 'impatient') Object.assign(request, { body: inPieces(body), duplex: 'half' });
    if (kind === 'impatient') request.signal = AbortSignal.timeout(IMPATIENT_MILLISECONDS);
    try {
      const response = await fetch(url, request);
      const answer = (await response.json()) as { digits?: number[] };
      answers[response.status] = (answers[response.status] ?? 0) + 1;
      if (!answer.digits) return;
      images += asked.length;
      right += asked.filter((image, i) => answer.digits?.[i] === digits.labels[image]).length;
    } catch (error) {
      // So does a server that closes a connection whose body it will not read.
      if (kind !== 'impatient' && kind !== 'tooLarge') throw error;
      answers['left'] = (answers['left'] ?? 0) + 1;
    }
  }

  async function client(): Promise<void> {
    while (next < requests) {
      const number = next++;
      await ask(number);
      await sleep(pauseMilliseconds * (0.5 + fractionOf(number)));
    }
  }

  const start = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  return { seconds: (performance.now() - start) / 1000, sent, answers, images, right };
}

/** From 0 to below 1, without a pattern, and the same for a number in every run (the golden ratio's multiples are spread evenly). */
function fractionOf(number: number): number {
  return (number * 0.618_033_988_749_895) % 1;
}

function kindOf(number: number): Kind {
  let place = Math.floor(100 * fractionOf(number + 1));
  for (const [kind, share] of Object.entries(MIX) as [Kind, number][]) {
    if (place < share) return kind;
    place -= share;
  }
  return 'one';
}

function imagesOf(kind: Kind, number: number, available: number): number[] {
  return Array.from({ length: IMAGES[kind] }, (_, i) => (number * IMAGES.many + i) % available);
}

function inPieces(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const size = Math.ceil(bytes.length / PIECES);
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent > 0) await sleep(BETWEEN_PIECES_MILLISECONDS);
      controller.enqueue(bytes.subarray(sent, sent + size));
      sent += size;
      if (sent >= bytes.length) controller.close();
    },
  });
}

function bodyOf(kind: Kind, images: readonly number[], digits: Digits): string {
  if (kind === 'tooLarge') return ' '.repeat(TOO_LARGE_BYTES);
  if (kind === 'broken') return '{"images": [[0, 1, 2';
  const pixels = (image: number) =>
    Array.from(digits.images.subarray(image * IMAGE_SIZE, (image + 1) * IMAGE_SIZE), (value) => Math.round(value * 255));
  return JSON.stringify({ images: images.map(pixels) });
}
