import type { MeasuredModel, Requests } from '../measured-model.ts';

/** Resolves when it is so; returns after a second even where it is not, so that a test says what is there instead. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500 && !(await isSo()); i++) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** The requests of a model once none is in flight: a client may have its answer before the server knows. */
export async function settledRequests({ requests }: Pick<MeasuredModel, 'requests'>): Promise<Requests> {
  await until(async () => (await requests()).active === 0);
  return requests();
}
