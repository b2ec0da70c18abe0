// node lead.ts LOCK: says when it becomes the one that reports the host, and stays until its standard input ends.
import { whenHostLeader } from '../../src/host-leader.ts';

whenHostLeader(process.argv[2] ?? '', () => {
  process.stdout.write('leads\n');
  return () => process.stdout.write('stopped\n');
});
process.stdin.resume();
