import type { LayersModel } from '@tensorflow/tfjs';

/** Property names and descriptors of what a fit of ours touches: the model, the inner one of a Sequential, its optimizer and its History. */
export function ownProperties(model: LayersModel): Record<string, unknown> {
  const inner = (model as unknown as { model?: LayersModel }).model ?? model;
  const { history } = inner as unknown as { history?: object };
  const touched = { model, inner, optimizer: inner.optimizer, history: history ?? {}, class: Object.getPrototypeOf(inner) as object };
  return Object.fromEntries(Object.entries(touched).map(([name, object]) => [name, descriptorsOf(object)]));
}

/** With the values of booleans; others stand for themselves by their type. */
function descriptorsOf(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(object)).map(([name, descriptor]) => {
      const value: unknown = descriptor.value;
      return [name, { ...descriptor, value: typeof value === 'boolean' ? value : typeof value }];
    }),
  );
}
