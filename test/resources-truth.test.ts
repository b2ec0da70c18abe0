import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { hostMetrics, processMetrics } from '@modelmeter/core';
import { reportResources } from '@modelmeter/system';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { expect, onTestFinished, test } from 'vitest';
import { startNodeExporter } from './servers/node-exporter.ts';
import { testWith } from './servers/test-with.ts';

const nodeExporterTest = testWith('prometheus-node-exporter', 'prometheus-node-exporter');
const linuxTest = process.platform === 'linux' ? test : test.skip;

const TICKS_PER_SECOND = 100;
const MEBIBYTE = 2 ** 20;

/** What node_exporter calls each mode; the two kinds of interrupts are one for OpenTelemetry. */
const MODES = {
  user: ['user'],
  nice: ['nice'],
  system: ['system'],
  idle: ['idle'],
  iowait: ['iowait'],
  interrupt: ['irq', 'softirq'],
  steal: ['steal'],
} as const;

/** Reports this machine until the test is over. */
async function thisMachine() {
  const { registry, collect } = testRegistry();
  onTestFinished(reportResources({ registry, hostLock: false, gpu: false }));
  await expect.poll(async () => (await collect()).all(hostMetrics.systemFilesystemLimit).length).toBeGreaterThan(0);
  return { collect };
}

/** Our value is one of those from what the other told before to what it told after, give or take the slack. */
function expectWithin(what: string, [before = NaN, after = NaN]: (number | undefined)[], ours: number | undefined, slack = 0): void {
  const isWithin = ours !== undefined && ours >= Math.min(before, after) - slack && ours <= Math.max(before, after) + slack;
  expect({ what, before, ours, after, isWithin }).toEqual({ what, before, ours, after, isWithin: true });
}

/** Ticks of all CPUs by the names of /proc/stat. */
function procStat(): Record<string, number> {
  const names = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'];
  const cells = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').split(/\s+/).slice(1);
  return Object.fromEntries(names.map((name, i) => [name, Number(cells[i])]));
}

const sumOf = (values: Record<string, number | undefined>, names: readonly string[]) =>
  names.reduce((sum, name) => sum + (values[name] ?? NaN), 0);

nodeExporterTest('CPU, memory, file systems, disks and network are what node_exporter tells at the same time', async () => {
  const exporter = await startNodeExporter();
  onTestFinished(() => exporter.stop());
  const { collect } = await thisMachine();
  const before = await exporter.read();
  const ours = await collect();
  const after = await exporter.read();
  const theirs = (metric: string, labels: Record<string, string> = {}) => [before.value(metric, labels), after.value(metric, labels)];

  for (const [mode, names] of Object.entries(MODES)) {
    const seconds = names.map((name) => theirs('node_cpu_seconds_total', { mode: name }));
    const sums = [0, 1].map((i) => seconds.reduce((sum, both) => sum + (both[i] ?? NaN), 0));
    // It adds up CPUs, each of which is rounded; times of idle CPUs go back a little.
    expectWithin(mode, sums, ours.value(hostMetrics.systemCpuTime, { 'cpu.mode': mode }), 0.2);
  }

  expect(ours.value(hostMetrics.systemMemoryLimit)).toBe(before.value('node_memory_MemTotal_bytes'));
  const available = ours.value(hostMetrics.systemMemoryUsage, { 'system.memory.state': 'available' });
  // Others work on this machine meanwhile.
  expectWithin('available memory', theirs('node_memory_MemAvailable_bytes'), available, 256 * MEBIBYTE);

  // node_exporter leaves overlays out: in a container the root is ours alone.
  const shared = ours.all(hostMetrics.systemFilesystemLimit).filter(([{ 'system.filesystem.type': type }]) => type !== 'overlay');
  for (const [attributes, limit] of shared) {
    const mountpoint = String(attributes['system.filesystem.mountpoint']);
    const labels = { mountpoint };
    expect([mountpoint, limit]).toEqual([mountpoint, before.value('node_filesystem_size_bytes', labels)]);
    const free = ours.value(hostMetrics.systemFilesystemUsage, { ...attributes, 'system.filesystem.state': 'free' });
    const reserved = ours.value(hostMetrics.systemFilesystemUsage, { ...attributes, 'system.filesystem.state': 'reserved' });
    expectWithin(`free on ${mountpoint}`, theirs('node_filesystem_avail_bytes', labels), free, 512 * MEBIBYTE);
    expectWithin(
      `all free on ${mountpoint}`,
      theirs('node_filesystem_free_bytes', labels),
      (free ?? NaN) + (reserved ?? NaN),
      512 * MEBIBYTE,
    );
  }

  for (const [attributes, bytes] of ours.all(hostMetrics.systemDiskIo)) {
    const metric = attributes['disk.io.direction'] === 'read' ? 'node_disk_read_bytes_total' : 'node_disk_written_bytes_total';
    expectWithin(JSON.stringify(attributes), theirs(metric, { device: String(attributes['system.device.name']) }), Number(bytes));
  }

  expect(ours.all(hostMetrics.systemNetworkIo).length).toBeGreaterThan(0);
  for (const [attributes, bytes] of ours.all(hostMetrics.systemNetworkIo)) {
    const metric = `node_network_${String(attributes['network.io.direction'])}_bytes_total`;
    expectWithin(JSON.stringify(attributes), theirs(metric, { device: String(attributes['network.interface.name']) }), Number(bytes));
  }
});

test('a value outside of what the other told, or none, is caught', () => {
  expectWithin('within', [2, 1], 2.5, 0.5);
  for (const ours of [0.9, 2.1, NaN, undefined]) expect(() => expectWithin('outside', [1, 2], ours)).toThrow('outside');
  expect(() => expectWithin('unknown', [undefined, 2], 2)).toThrow('unknown');
});

linuxTest('CPU times and their shares are what /proc tells at the same time', async () => {
  const { collect } = await thisMachine();
  await sleep(1100);
  const start = [procStat(), await collect(), procStat()] as const;
  await sleep(1500);
  const end = [procStat(), await collect(), procStat()] as const;
  const growth = (mode: keyof typeof MODES) => sumOf(end[0], MODES[mode]) - sumOf(start[0], MODES[mode]);
  const all = Object.keys(MODES).reduce((sum, mode) => sum + growth(mode as keyof typeof MODES), 0);
  for (const [mode, names] of Object.entries(MODES)) {
    const seconds = [end[0], end[2]].map((stat) => sumOf(stat, names) / TICKS_PER_SECOND);
    expectWithin(mode, seconds, end[1].value(hostMetrics.systemCpuTime, { 'cpu.mode': mode }), 0.2);
    const share = end[1].value(hostMetrics.systemCpuUtilization, { 'cpu.mode': mode });
    const grown = growth(mode as keyof typeof MODES) / all;
    expectWithin(`share of ${mode}`, [grown, grown], share, 0.1);
  }
});

linuxTest('this process is what /proc tells of it at the same time', async () => {
  const { collect } = await thisMachine();
  const readSelf = () => {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // Its name is in brackets and may have spaces; the third field comes after it: proc_pid_stat(5).
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const field = (number: number) => fields[number - 3] ?? NaN;
    const [hostSeconds] = readFileSync('/proc/uptime', 'utf8').split(' ').map(Number);
    return {
      user: field(14) / TICKS_PER_SECOND,
      system: field(15) / TICKS_PER_SECOND,
      uptime: (hostSeconds ?? NaN) - field(22) / TICKS_PER_SECOND,
      memory: Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024,
      // Without the one that reading the folder takes.
      descriptors: readdirSync('/proc/self/fd').length - 1,
    };
  };
  const before = readSelf();
  const ours = await collect();
  const after = readSelf();
  const mode = (name: string) => ours.value(processMetrics.processCpuTime, { 'cpu.mode': name });
  // The kernel divides the same whole into user and system in two ways.
  expectWithin('CPU time', [before.user + before.system, after.user + after.system], (mode('user') ?? NaN) + (mode('system') ?? NaN), 0.1);
  expectWithin('uptime', [before.uptime, after.uptime], ours.value(processMetrics.processUptime), 0.1);
  // The kernel adds up pages of each CPU now and then.
  expectWithin('memory', [before.memory, after.memory], ours.value(processMetrics.processMemoryUsage), 16 * MEBIBYTE);
  expectWithin('file descriptors', [before.descriptors, after.descriptors], ours.value(processMetrics.processFileDescriptors), 2);
});
