import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileDescriptors } from '../../src/process/file-descriptors.ts';

describe.skipIf(process.platform !== 'linux')('on Linux', () => {
  test('each file that is opened counts', () => {
    const descriptors = new FileDescriptors('/proc');
    const before = descriptors.count ?? NaN;
    // Without the one that reading the folder takes.
    expect(Math.abs(before - (readdirSync('/proc/self/fd').length - 1))).toBeLessThanOrEqual(2);
    const opened = Array.from({ length: 50 }, () => openSync('/dev/null', 'r'));
    try {
      expect(Math.abs((descriptors.count ?? NaN) - before - 50)).toBeLessThanOrEqual(2);
    } finally {
      for (const descriptor of opened) closeSync(descriptor);
    }
  });

  test('where the kernel does not tell the number, the entries are counted in the background', async () => {
    // The folder of namespaces has links, as the one of descriptors has, and the size 0 that older kernels give that one.
    const proc = mkdtempSync(join(tmpdir(), 'modelmeter-fd-'));
    onTestFinished(() => rmSync(proc, { recursive: true }));
    mkdirSync(join(proc, 'self'));
    symlinkSync(`/proc/${process.pid}/ns`, join(proc, 'self/fd'));
    const descriptors = new FileDescriptors(proc);
    onTestFinished(() => descriptors.stop());
    expect(descriptors.count).toBeUndefined();
    await expect.poll(() => descriptors.count).toBe(readdirSync(`/proc/${process.pid}/ns`).length - 1);
  });

  test('a folder that is not there is a failure', () => {
    expect(() => new FileDescriptors('/nowhere').count).toThrow('ENOENT');
  });
});
