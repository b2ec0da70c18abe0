import { type Contender, interleave } from '../measure/interleave.ts';
import { autometricsContenders } from './autometrics-contenders.ts';
import { modelmeterContenders, modelmeterContendersWithMore } from './modelmeter-contenders.ts';
import { bareContenders } from './no-ops.ts';
import { opentelemetryContenders } from './opentelemetry-contenders.ts';
import { promClientContenders } from './prom-client-contenders.ts';

// One group of contenders in a process of its own: argv is the group and the number of rounds. It tells its parent what it measured and ends.

/** What follows calls through promises makes all promises of its process slower, so it is measured apart. */
const GROUPS = {
  wrappers: () => [...modelmeterContenders(), ...promClientContenders(), ...opentelemetryContenders()],
  autometrics: autometricsContenders,
  more: modelmeterContendersWithMore,
} satisfies Record<string, () => readonly Contender[]>;

export type Group = keyof typeof GROUPS;

process.on('disconnect', () => process.exit());
const [group, rounds] = process.argv.slice(2) as [Group, string];
const nanoseconds = await interleave([...bareContenders(), ...GROUPS[group]()], { rounds: Number(rounds) });
process.send?.([...nanoseconds]);
