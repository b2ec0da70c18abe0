import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkInterfaceName, networkIoDirection } from '@modelmeter/core/attributes';
import { systemNetworkIo } from '@modelmeter/core/host-metrics';
import type { Source } from '../source.ts';

/** Interfaces whose bytes stay in the host, or are counted by a real one as well: loopback, bridges and the ends of containers. */
const VIRTUAL = /^(lo$|veth|docker\d|br-|virbr|vnet|cni\d|cali|flannel|cilium|lxc|ifb\d|dummy\d|kube-|nodelocaldns)/;

const MOST_INTERFACES = 50;

export interface NetworkIo {
  readonly name: string;
  readonly receivedBytes: number;
  readonly transmittedBytes: number;
}

/** The network interfaces of the host, or of the network that the process is in. */
export function networkSource(proc: string): Source {
  const file = join(proc, 'net/dev');
  return {
    name: 'system.network',
    read(report) {
      for (const { name, receivedBytes, transmittedBytes } of parseNetDev(readFileSync(file, 'utf8'))) {
        report(systemNetworkIo, { [networkInterfaceName.key]: name, [networkIoDirection.key]: 'receive' }, receivedBytes);
        report(systemNetworkIo, { [networkInterfaceName.key]: name, [networkIoDirection.key]: 'transmit' }, transmittedBytes);
      }
    },
  };
}

/**
 * /proc/net/dev: proc_pid_net(5). Two lines of headings, then eight numbers of receiving and eight of transmitting, bytes first.
 * @throws where a line is not so.
 */
export function parseNetDev(dev: string): NetworkIo[] {
  const lines = dev
    .split('\n')
    .slice(2)
    .filter((line) => line.trim() !== '');
  const all = lines.map((line) => {
    // The name of an alias has a colon as well.
    const at = line.lastIndexOf(':');
    const cells = line
      .slice(at + 1)
      .trim()
      .split(/\s+/)
      .map(Number);
    const [receivedBytes = NaN, transmittedBytes = NaN] = [cells[0], cells[8]];
    if (at < 0 || !Number.isFinite(receivedBytes + transmittedBytes)) {
      throw new Error(`/proc/net/dev has the line ${JSON.stringify(line)}`);
    }
    return { name: line.slice(0, at).trim(), receivedBytes, transmittedBytes };
  });
  return all.filter(({ name }) => !VIRTUAL.test(name)).slice(0, MOST_INTERFACES);
}
