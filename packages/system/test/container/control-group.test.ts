import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findControlGroup } from '../../src/container/control-group.ts';

/** A machine that has the given files, each with its text. */
function machine(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'modelmeter-cgroup-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const shorten = (path: string) => path.slice(folder.length + 1);
  return (controller: 'cpu' | 'cpuacct' | 'memory') => {
    const group = findControlGroup(join(folder, 'proc'), join(folder, 'cgroup'), controller);
    return group && { version: group.version, folders: group.folders.map(shorten) };
  };
}

test('a group of version 2 is found with all groups around it, the nearest first', () => {
  const find = machine({
    'proc/self/cgroup': '0::/a.slice/b.service\n',
    'cgroup/cgroup.controllers': 'cpu memory\n',
    'cgroup/a.slice/b.service/cgroup.type': 'domain\n',
  });
  expect(find('memory')).toEqual({ version: 2, folders: ['cgroup/a.slice/b.service', 'cgroup/a.slice', 'cgroup'] });
});

test('where both versions are mounted a controller is in the one that has it', () => {
  const find = machine({
    'proc/self/cgroup': '3:memory:/job\n0::/job\n',
    'cgroup/memory/job/memory.usage_in_bytes': '1\n',
    'cgroup/unified/cgroup.controllers': 'cpu\n',
    'cgroup/unified/job/cgroup.type': 'domain\n',
  });
  expect(find('memory')).toEqual({ version: 1, folders: ['cgroup/memory/job', 'cgroup/memory'] });
  expect(find('cpu')).toEqual({ version: 2, folders: ['cgroup/unified/job', 'cgroup/unified'] });
});

test('controllers that share a mount are found under its name', () => {
  const find = machine({ 'proc/self/cgroup': '4:cpu,cpuacct:/job\n', 'cgroup/cpu,cpuacct/job/cpu.stat': '' });
  for (const controller of ['cpu', 'cpuacct'] as const) {
    expect(find(controller)).toEqual({ version: 1, folders: ['cgroup/cpu,cpuacct/job', 'cgroup/cpu,cpuacct'] });
  }
});

test('a path that leads out of the namespace, or is the host’s, stands for what is mounted', () => {
  for (const path of ['/../../other', '/docker/0123456789']) {
    const find = machine({ 'proc/self/cgroup': `0::${path}\n`, 'cgroup/cgroup.controllers': '', 'cgroup/cgroup.type': 'domain\n' });
    expect(find('cpu')).toEqual({ version: 2, folders: ['cgroup'] });
  }
});

test('the topmost group is no container, in either version', () => {
  expect(machine({ 'proc/self/cgroup': '0::/\n', 'cgroup/cgroup.controllers': 'cpu\n' })('cpu')).toBeUndefined();
  expect(machine({ 'proc/self/cgroup': '1:cpu:/\n', 'cgroup/cpu/cgroup.sane_behavior': '0\n' })('cpu')).toBeUndefined();
});
