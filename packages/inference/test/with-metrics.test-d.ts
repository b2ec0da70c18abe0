import { measureInference, withMetrics } from '@modelmeter/inference';
import { expectTypeOf } from 'vitest';

function classify(image: Float32Array): Promise<number>;
function classify(image: Float32Array, top: number): Promise<number[]>;
async function classify(_image: Float32Array, _top?: number): Promise<number | number[]> {
  return 7;
}

// Overloads are kept.
const wrapped = withMetrics(classify, { model: 'digits' });
expectTypeOf(wrapped).toEqualTypeOf<typeof classify>();
expectTypeOf(wrapped(new Float32Array())).toEqualTypeOf<Promise<number>>();
expectTypeOf(wrapped(new Float32Array(), 3)).toEqualTypeOf<Promise<number[]>>();

const generic = withMetrics(<T>(value: T): T => value, { model: 'digits' });
expectTypeOf(generic).toEqualTypeOf<<T>(value: T) => T>();

async function* tokens(prompt: string): AsyncGenerator<string, number> {
  yield prompt;
  return 1;
}
expectTypeOf(withMetrics(tokens, { model: 'writer' })).toEqualTypeOf<typeof tokens>();

// What options are given is the function's own.
withMetrics(async (images: Float32Array[]) => ({ ok: images.length > 0 }), {
  model: 'digits',
  batchSize: (images) => images.length,
  classifyResult: ({ ok }) => (ok ? undefined : 'invalid_input'),
});

const digits = measureInference({ model: 'digits' });
expectTypeOf(digits.stage('preprocess', async () => 7)).toEqualTypeOf<Promise<number>>();
expectTypeOf(digits.run(() => 'seven')).toEqualTypeOf<string>();

// @ts-expect-error A model has a name.
withMetrics(classify, {});
// @ts-expect-error What is wrapped is a function.
withMetrics(7, { model: 'digits' });
// @ts-expect-error It is complete or dispatch.
withMetrics(classify, { model: 'digits', timing: 'sometimes' });
