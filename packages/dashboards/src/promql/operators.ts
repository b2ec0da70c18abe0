import { labelList } from './aggregate.ts';
import { call, metricsOf, operand, type Vector } from './vector.ts';

/** Which series of two vectors belong together, where they do not carry the same labels. */
export interface Matching<L extends string> {
  /** Labels by which they are matched. All, where absent. */
  readonly on?: readonly L[];
  /** Many series on the left match one on the right, of which these labels are taken over. */
  readonly groupLeft?: readonly string[];
}

type Operand<L extends string> = Vector<L> | number;

function operator(symbol: string) {
  return <L extends string>(left: Operand<L>, right: Operand<NoInfer<L>>, { on, groupLeft }: Matching<L> = {}): Vector<L> => {
    const matching = `${on ? ` on (${labelList(on)})` : ''}${groupLeft ? ` group_left (${labelList(groupLeft)})` : ''}`;
    return {
      metrics: metricsOf([left, right]),
      isOperation: true,
      render: (scope) => `${operand(left, scope)} ${symbol}${matching} ${operand(right, scope)}`,
    };
  };
}

export const add = operator('+');
export const subtract = operator('-');
export const multiply = operator('*');
export const divide = operator('/');

/** The series of the left whose values are above, below … those of the right. */
export const above = operator('>');
export const atLeast = operator('>=');
export const below = operator('<');
export const atMost = operator('<=');
export const equalTo = operator('==');

/** The series of the left, and those of the right that the left lacks. */
export const or = operator('or');
/** The series of the left that the right has too. */
export const and = operator('and');
/** The series of the left that the right lacks. */
export const unless = operator('unless');

/**
 * A part of a whole, between 0 and 1. A part that has no series yet is 0; without any whole there is no share: nothing is shown rather than
 * a wrong number.
 */
export function share<L extends string>(part: Vector<L>, whole: Vector<NoInfer<L>>): Vector<L> {
  return divide(or(part, multiply(whole, 0)), above(whole, 0));
}

/** Values below the limit are raised to it. */
export function atLeastValue<L extends string>(vector: Vector<L>, least: number): Vector<L> {
  return call([vector], (scope) => `clamp_min(${vector.render(scope)}, ${least})`);
}

/** Values without their sign. */
export function absolute<L extends string>(vector: Vector<L>): Vector<L> {
  return call([vector], (scope) => `abs(${vector.render(scope)})`);
}

/** Values above the limit are lowered to it. */
export function atMostValue<L extends string>(vector: Vector<L>, most: number): Vector<L> {
  return call([vector], (scope) => `clamp_max(${vector.render(scope)}, ${most})`);
}
