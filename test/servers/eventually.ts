import { setTimeout as sleep } from 'node:timers/promises';

const WITHIN_SECONDS = 20;

/** Asks until the answer is yes. @param what is waited for, for the error after 20 s. */
export async function eventually(condition: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const deadline = Date.now() + WITHIN_SECONDS * 1000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${WITHIN_SECONDS} s for ${what}`);
    await sleep(50);
  }
}
