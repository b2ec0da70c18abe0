import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from '@modelmeter/core';
import { reportResources } from '@modelmeter/system';
import { blockProbe } from '../measure/process-probes.ts';

// A fresh process that begins to report and collects once. It tells its parent what that took and ends.

const SET_UP_MILLISECONDS = 50;

export interface Beginning {
  /** Of the same time with nothing done in it. */
  readonly idleMilliseconds: number;
  readonly setUpMilliseconds: number;
  readonly firstCollectionMilliseconds: number;
}

process.on('disconnect', () => process.exit());
const registry = new Registry();
const reader = registry.openReader();
const probe = blockProbe({ withoutGarbage: true });

async function longestBlock(action: () => void, milliseconds: number): Promise<number> {
  await sleep(100);
  await probe.start();
  action();
  await sleep(milliseconds);
  return probe.stop()['longestBlockMilliseconds'] ?? NaN;
}

let idleMilliseconds = NaN;
// More than once, so that the probe itself is compiled.
for (let round = 0; round < 5; round++) idleMilliseconds = await longestBlock(() => {}, SET_UP_MILLISECONDS);
const setUpMilliseconds = await longestBlock(() => reportResources({ registry, hostLock: false, gpu: false }), SET_UP_MILLISECONDS);
const firstCollectionMilliseconds = await longestBlock(() => reader.collect(), 5);
process.send?.({ idleMilliseconds, setUpMilliseconds, firstCollectionMilliseconds } satisfies Beginning);
