// node report-and-end.ts LOCK: reports everything there is and then has nothing more to do. Says how many collectors of the host were up, and
// ends.
import { collectorUp, Registry } from '@modelmeter/core';
import { CollectedValues } from '@modelmeter/test-kit/collected-values';
import { reportResources } from '../../src/index.ts';

const registry = new Registry();
reportResources({ registry, hostLock: process.argv[2] ?? '' });
await new Promise((resolve) => setTimeout(resolve, 200));
const collected = await CollectedValues.of(registry.producer());
const up = collected.all(collectorUp).filter(([attributes, value]) => String(attributes['collector']).startsWith('system.') && value === 1);
process.stdout.write(`${up.length}\n`);
