import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { collectorUp, containerMetrics, hostMetrics, processMetrics, Registry } from '@modelmeter/core';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { diag } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { reportResources as reportInBrowser } from '../src/browser.ts';
import { reportResources, type ResourceOptions } from '../src/index.ts';
import { fixture } from './fixture.ts';

const collectorsOf = (collected: CollectedValues) => collected.all(collectorUp).map(([attributes, up]) => [attributes['collector'], up]);

function reporting(options: ResourceOptions) {
  const { registry, collect } = testRegistry();
  const stop = reportResources({ registry, hostLock: false, gpu: false, ...options });
  onTestFinished(stop);
  return { registry, collect, stop };
}

test('each option turns its part off', async () => {
  const off = { process: false, host: false, container: false };
  const { proc, cgroup } = await fixture('docker-v2');
  const parts = { process: ['process'], container: ['container.cpu', 'container.memory'] };
  for (const [part, collectors] of Object.entries(parts)) {
    const { collect } = reporting({ ...off, [part]: true, proc, cgroup });
    await expect.poll(async () => collectorsOf(await collect()).map(([name]) => name)).toEqual(collectors);
  }
  expect(collectorsOf(await reporting(off).collect())).toEqual([]);
});

describe.skipIf(process.platform !== 'linux')('on Linux', () => {
  test('the host is read where the options say', async () => {
    const { proc, cgroup } = await fixture('virtual-machine');
    const { collect } = reporting({ process: false, proc, cgroup });
    await expect
      .poll(async () => (await collect()).value(hostMetrics.systemFilesystemLimit, { 'system.filesystem.mountpoint': '/' }))
      .toBeGreaterThan(0);
    const collected = await collect();
    expect(collected.value(hostMetrics.systemCpuTime, { 'cpu.mode': 'nice' })).toBe(28.84);
    expect(collected.value(hostMetrics.systemMemoryLimit)).toBe(24_684_092 * 1024);
    expect(collected.value(hostMetrics.systemDiskIo, { 'disk.io.direction': 'read' })).toBe(52_349_946 * 512);
    expect(collected.value(hostMetrics.systemNetworkIo, { 'network.io.direction': 'transmit' })).toBe(18_229_712);
    expect(collectorsOf(collected)).toEqual(
      ['system.cpu', 'system.memory', 'system.disk', 'system.network', 'system.filesystem'].map((name) => [name, 1]),
    );
    expect(collected.all(containerMetrics.containerMemoryUsage)).toEqual([]);
  });

  test('of two reports one has the host, and each its own process', async () => {
    const hostLock = `modelmeter-test-${randomUUID()}`;
    const both = [reporting({ hostLock }), reporting({ hostLock })];
    const limits = async () =>
      Promise.all(both.map(async ({ collect }) => (await collect()).value(hostMetrics.systemMemoryLimit) !== undefined));
    await expect.poll(limits).toEqual([true, false]);
    for (const { collect } of both) expect((await collect()).value(processMetrics.processUptime)).toBeGreaterThan(0);
    both[0]?.stop();
    await expect.poll(limits, { timeout: 10_000 }).toEqual([false, true]);
  });

  test('a place where nothing is leaves everything absent but what Node tells, and its collectors down', async () => {
    const { collect } = reporting({ proc: '/nowhere', cgroup: '/nowhere' });
    await expect.poll(async () => collectorsOf(await collect()).every(([, up]) => up === 0)).toBe(true);
    const collected = await collect();
    for (const metric of hostMetrics.hostDefinitions) expect(collected.all(metric)).toEqual([]);
    expect(collected.value(processMetrics.processMemoryUsage)).toBeGreaterThan(0);
    expect(collected.all(processMetrics.processFileDescriptors)).toEqual([]);
  });

  test('a program that reports and has nothing else to do ends by itself', () => {
    const program = join(import.meta.dirname, 'programs/report-and-end.ts');
    const { status, stdout } = spawnSync(process.execPath, [program, `modelmeter-test-${randomUUID()}`], {
      encoding: 'utf8',
      timeout: 15_000,
    });
    expect([status, Number(stdout)]).toEqual([0, 5]);
  });
});

test('nothing is left of a report that was stopped, and another one may begin', async () => {
  const { registry, collect, stop } = reporting({});
  await collect();
  stop();
  expect(collectorsOf(await collect())).toEqual([]);
  onTestFinished(reportResources({ registry, host: false, gpu: false }));
  expect((await collect()).value(processMetrics.processUptime)).toBeGreaterThan(0);
});

test('a second report to the same registry joins the first one, which ends when both are stopped', async () => {
  const { registry, collect, stop } = reporting({ host: false });
  const stopSecond = reportResources({ registry });
  const isReported = async () => (await collect()).value(processMetrics.processUptime) !== undefined;
  expect((await collect()).all(hostMetrics.systemMemoryLimit)).toEqual([]);
  stop();
  stop();
  expect(await isReported()).toBe(true);
  stopSecond();
  expect(await isReported()).toBe(false);
});

test('options of a second report are not taken up, and a warning says so', () => {
  const warnings: string[] = [];
  const logger = { warn: (message: string) => warnings.push(message), error() {}, info() {}, debug() {}, verbose() {} };
  diag.setLogger(logger, { suppressOverrideMessage: true });
  onTestFinished(() => diag.disable());
  const { registry } = reporting({ host: false });
  onTestFinished(reportResources({ registry }));
  expect(warnings).toEqual([]);
  onTestFinished(reportResources({ registry, gpu: false }));
  expect(warnings).toEqual([expect.stringContaining('change nothing')]);
});

test('an option that is none is named with its value', () => {
  const report = (options: object) => () => reportResources({ registry: new Registry(), ...options });
  expect(report({ host: 1 })).toThrow(new TypeError('host is 1, neither true nor false'));
  expect(report({ proc: '' })).toThrow(new TypeError('proc is "", not a text'));
  expect(report({ visibleDevices: 0 })).toThrow(new TypeError('visibleDevices is 0, not a value of CUDA_VISIBLE_DEVICES'));
  expect(report({ nvidiaSmi: 7 })).toThrow(new TypeError('nvidiaSmi is 7, not a text'));
  expect(report({ hostLock: true })).toThrow(new TypeError('hostLock is true, not a text'));
  expect(report({ hostLock: 'x'.repeat(101) })).toThrow(new RangeError('hostLock is of 101 characters, more than 100'));
  expect(report({ registry: {} })).toThrow(new TypeError('registry is an object, not a Registry'));
  expect(report({ clock: null })).toThrow(new TypeError('clock is null, not a Clock'));
});

test('in a browser it does nothing', async () => {
  const { registry, collect } = testRegistry();
  reportInBrowser({ registry })();
  expect(collectorsOf(await collect())).toEqual([]);
});
