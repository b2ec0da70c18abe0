import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { diag } from '@opentelemetry/api';
import { describe, expect, onTestFinished, test } from 'vitest';
import { whenHostLeader } from '../src/host-leader.ts';

/** A program of this folder that has the lock or waits for it; it ends with the test, or with this process. */
function start(program: string, lock: string): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'programs', program), lock], { stdio: ['pipe', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  onTestFinished(() => void child.stdin.end());
  return { child, said: () => text };
}

const newLock = () => `modelmeter-test-${randomUUID()}`;
const within = { timeout: 10_000 };

test('without a lock it leads at once, until it is stopped', () => {
  const events: string[] = [];
  const stop = whenHostLeader(false, () => {
    events.push('leads');
    return () => events.push('stopped');
  });
  expect(events).toEqual(['leads']);
  stop();
  expect(events).toEqual(['leads', 'stopped']);
});

describe.skipIf(process.platform !== 'linux')('on Linux', () => {
  test('one of two processes leads, and when it is killed the other one does within seconds', async () => {
    const lock = newLock();
    const first = start('lead.ts', lock);
    await expect.poll(first.said, within).toBe('leads\n');
    const second = start('lead.ts', lock);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(second.said()).toBe('');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    await expect.poll(second.said, within).toBe('leads\n');
  });

  test('one that stops gives the lock back', async () => {
    const lock = newLock();
    const events: string[] = [];
    const follow = (name: string) =>
      whenHostLeader(lock, () => {
        events.push(`${name} leads`);
        return () => events.push(`${name} stopped`);
      });
    const stopFirst = follow('first');
    await expect.poll(() => events).toEqual(['first leads']);
    onTestFinished(follow('second'));
    stopFirst();
    await expect.poll(() => events, within).toEqual(['first leads', 'first stopped', 'second leads']);
  });

  test('where a lock cannot be had at all it leads without, and says so', async () => {
    const warnings: string[] = [];
    diag.setLogger(
      { warn: (message) => warnings.push(message), error() {}, info() {}, debug() {}, verbose() {} },
      { suppressOverrideMessage: true },
    );
    onTestFinished(() => diag.disable());
    let isLeading = false;
    const lead = () => {
      isLeading = true;
      return () => (isLeading = false);
    };
    const stop = whenHostLeader(newLock(), lead, '/nowhere/lock');
    await expect.poll(() => isLeading).toBe(true);
    expect(warnings).toEqual([expect.stringContaining('cannot be had')]);
    stop();
    expect(isLeading).toBe(false);
  });

  test('one that was stopped before it had the lock never leads', async () => {
    const lock = newLock();
    const events: string[] = [];
    const stop = whenHostLeader(lock, () => {
      events.push('leads');
      return () => {};
    });
    stop();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(events).toEqual([]);
  });

  test('the primary of a cluster leads, even if its workers ask first', async () => {
    const { said } = start('cluster.ts', newLock());
    await expect.poll(said, within).toBe('primary leads\n');
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(said()).toBe('primary leads\n');
  });
});
