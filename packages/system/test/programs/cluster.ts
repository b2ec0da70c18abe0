// node cluster.ts LOCK: a primary and two workers that each say when they become the one that reports the host. The primary is the last to
// ask for it, and ends all when its standard input ends.
import cluster from 'node:cluster';
import { whenHostLeader } from '../../src/host-leader.ts';

const role = cluster.isPrimary ? 'primary' : 'worker';
const lead = () =>
  whenHostLeader(process.argv[2] ?? '', () => {
    process.stdout.write(`${role} leads\n`);
    return () => {};
  });

if (cluster.isPrimary) {
  cluster.fork();
  cluster.fork();
  let online = 0;
  cluster.on('online', () => {
    if (++online === 2) lead();
  });
  process.stdin.resume().on('end', () => process.exit());
} else {
  lead();
  setInterval(() => {}, 1000);
}
