import type { Flower } from './flowers.ts';

const KINDS = 3;
const SIZES = 4;
const STEPS = 5000;
const LEARNING_RATE = 0.05;

/** What a kind scores for a flower is its bias, and each of the flower's sizes times a weight. */
export interface Classifier {
  /** By kind, then by size. */
  readonly weights: readonly (readonly number[])[];
  readonly bias: readonly number[];
}

/** Gradient descent over all flowers at once, from zeros: nothing about it is random. */
export function trainClassifier(flowers: readonly Flower[]): Classifier {
  const weights = Array.from({ length: KINDS }, () => zeros(SIZES));
  const bias = zeros(KINDS);
  for (let step = 0; step < STEPS; step++) {
    const classifier = { weights: weights.map((row) => [...row]), bias: [...bias] };
    for (const { sizes, kind } of flowers) {
      const probabilities = softmax(scoresOf(classifier, sizes));
      for (const [k, row] of weights.entries()) {
        const change = (LEARNING_RATE / flowers.length) * ((k === kind ? 1 : 0) - (probabilities[k] ?? NaN));
        bias[k] = (bias[k] ?? NaN) + change;
        for (const [i, size] of sizes.entries()) row[i] = (row[i] ?? NaN) + change * size;
      }
    }
  }
  return { weights, bias };
}

/** Share of the flowers whose kind scores highest. */
export function shareRight(classifier: Classifier, flowers: readonly Flower[]): number {
  const right = flowers.filter(({ sizes, kind }) => {
    const scores = scoresOf(classifier, sizes);
    return scores.indexOf(Math.max(...scores)) === kind;
  });
  return right.length / flowers.length;
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function scoresOf({ weights, bias }: Classifier, sizes: readonly number[]): number[] {
  return weights.map((row, k) => row.reduce((sum, weight, i) => sum + weight * (sizes[i] ?? NaN), bias[k] ?? NaN));
}

function softmax(scores: readonly number[]): number[] {
  const exponentials = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const sum = exponentials.reduce((a, b) => a + b);
  return exponentials.map((one) => one / sum);
}
