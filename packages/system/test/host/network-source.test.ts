import { hostMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { networkSource, parseNetDev } from '../../src/host/network-source.ts';
import { collectedSource, upOf } from '../collected-source.ts';
import { fixture } from '../fixture.ts';

const { systemNetworkIo } = hostMetrics;

test('interfaces tell the bytes that they received and transmitted, and virtual ones are left out', async () => {
  const { proc } = await fixture('virtual-machine');
  const collected = await collectedSource(networkSource(proc)).collect();
  expect(collected.all(systemNetworkIo)).toEqual([
    [{ 'network.interface.name': 'eth0', 'network.io.direction': 'receive' }, 9_418_956_144],
    [{ 'network.interface.name': 'eth0', 'network.io.direction': 'transmit' }, 18_229_712],
  ]);
});

test('names of every shape are read, and those of bridges and containers left out', () => {
  const names = ['lo', 'eth0', 'eth0:1', 'enp3s0', 'wlan0', 'bond0', 'veth12ab', 'docker0', 'br-0a1b', 'virbr0', 'cali1', 'ib0', 'longer'];
  const page = `heading\nheading\n${names.map((name) => `${name.padStart(6)}:1234567890 2 0 0 0 0 0 0 9876 4 0 0 0 0 0 0\n`).join('')}`;
  const all = parseNetDev(page);
  expect(all.map(({ name }) => name)).toEqual(['eth0', 'eth0:1', 'enp3s0', 'wlan0', 'bond0', 'ib0', 'longer']);
  expect(all[0]).toEqual({ name: 'eth0', receivedBytes: 1_234_567_890, transmittedBytes: 9876 });
});

test.each([
  ['no file', undefined],
  ['a line that is cut off', 'heading\nheading\n  eth0: 1 2 3\n'],
])('with %s the values are absent, and the collector is down', async (_, content) => {
  const { proc, change } = await fixture('virtual-machine');
  await change('proc/net/dev', content);
  const collected = await collectedSource(networkSource(proc)).collect();
  expect([collected.all(systemNetworkIo), upOf(collected, 'system.network')]).toEqual([[], 0]);
});

test('no more than fifty interfaces are told', () => {
  const lines = Array.from({ length: 80 }, (_, i) => `  eth${i}: 1 2 0 0 0 0 0 0 3 4 0 0 0 0 0 0\n`);
  expect(parseNetDev(`heading\nheading\n${lines.join('')}`)).toHaveLength(50);
});
