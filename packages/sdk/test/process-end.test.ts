import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { processEnd } from '../src/process-end.ts';
import { metricIn, type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts';
import { type End, type ProgramOptions, startProgram } from './process-end/start-program.ts';

const exited = (code: number): End => ({ code, signal: null });
const signalled = (signal: NodeJS.Signals): End => ({ code: null, signal });

/** Runs a program with metrics beside one without. */
async function runBoth(options: ProgramOptions) {
  const [ours, control] = await Promise.all([startProgram(options).ended, startProgram({ ...options, starts: 0 }).ended]);
  return { ours: endOf(ours), control: endOf(control), secondsToEnd: ours.secondsToEnd };
}

function endOf({ code, signal, stderr }: End & { stderr: string }): End & { messages: string[] } {
  return { code, signal, messages: messages(stderr) };
}

/** What Node says, without the stack. */
function messages(stderr: string): string[] {
  return stderr.split('\n').filter((line) => /^\w+: /.test(line));
}

/** What arrived of the value that the n-th start of a program records, which is n. */
function values(receiver: OtlpReceiver): number[] {
  const arrived = receiver.posts.map((post) => metricIn(post, 'modelmeter.dropped')?.points[1]?.asDouble ?? NaN);
  return arrived.toSorted((a, b) => a - b);
}

// Longer than any of the ends below take, and shorter than the 10 s after which the exporter itself gives up.
const soon = 8;

describe.concurrent('the last values are exported, and the end is as it would be without,', { timeout: 60_000 }, () => {
  test.for<[ProgramOptions, End]>([
    [{ ending: 'work is done' }, exited(0)],
    [{ ending: 'work is done, with an exit code' }, exited(4)],
    [{ ending: 'work is done, and beforeExit begins more' }, exited(5)],
    [{ ending: 'a promise is never settled' }, exited(13)],
    [{ ending: 'a signal comes', signals: ['SIGINT'] }, signalled('SIGINT')],
    [{ ending: 'a signal comes', signals: ['SIGTERM'] }, signalled('SIGTERM')],
    [{ ending: 'a signal comes', signals: ['SIGHUP'] }, signalled('SIGHUP')],
    [{ ending: 'a signal comes, and a listener exits with 3 a while later', signals: ['SIGTERM'] }, exited(3)],
  ])('when %j', async ([options, end]) => {
    const receiver = await startOtlpReceiver();
    const { ours, control } = await runBoth({ ...options, endpoint: receiver.origin });
    expect(control).toMatchObject(end);
    expect(ours).toEqual(control);
    expect(values(receiver)).toEqual([1]);
    await receiver.stop();
  });

  test('at each of two signals when a listener lets the first pass', async () => {
    const receiver = await startOtlpReceiver();
    const ending = 'signals come, and a listener exits with 3 at the second';
    const { ours, control } = await runBoth({ ending, signals: ['SIGTERM', 'SIGTERM'], endpoint: receiver.origin });
    expect(control).toMatchObject(exited(3));
    expect(ours).toEqual(control);
    expect(values(receiver)).toEqual([1, 1]);
    await receiver.stop();
  });

  test('by every startMetrics of the process', async () => {
    const receiver = await startOtlpReceiver();
    const options = { starts: 2, endpoint: receiver.origin };
    const ends = [
      await startProgram({ ...options, ending: 'a signal comes', signals: ['SIGTERM'] }).ended,
      await startProgram({ ...options, ending: 'work is done' }).ended,
    ];
    expect(ends).toMatchObject([signalled('SIGTERM'), exited(0)]);
    expect(values(receiver)).toEqual([1, 1, 2, 2]);
    await receiver.stop();
  });
});

describe.concurrent('the end is as it would be without, whatever becomes of the last values,', { timeout: 60_000 }, () => {
  test.for<[ProgramOptions, End]>([
    [{ ending: 'an error is thrown' }, exited(1)],
    [{ ending: 'a signal comes, and a listener exits at once with 3', signals: ['SIGTERM'] }, exited(3)],
    [{ ending: 'a signal comes, and a listener raises it again if it is the only one', signals: ['SIGTERM'] }, signalled('SIGTERM')],
  ])('when %j', async ([options, end]) => {
    const receiver = await startOtlpReceiver();
    const { ours, control } = await runBoth({ ...options, endpoint: receiver.origin });
    expect(control).toMatchObject(end);
    expect(ours).toEqual(control);
    await receiver.stop();
  });

  test.for<[ProgramOptions, End]>([
    [{ ending: 'work is done' }, exited(0)],
    [{ ending: 'work is done, with an exit code' }, exited(4)],
    [{ ending: 'a promise is never settled' }, exited(13)],
    [{ ending: 'a signal comes', signals: ['SIGINT'] }, signalled('SIGINT')],
  ])('within the bound when the endpoint hangs and %j', async ([options, end]) => {
    const receiver = await startOtlpReceiver({ answers: false });
    const { ours, control, secondsToEnd } = await runBoth({ ...options, endpoint: receiver.origin, flushTimeoutSeconds: 0.5 });
    expect(control).toMatchObject(end);
    expect(ours).toEqual(control);
    expect(receiver.posts).toHaveLength(1);
    expect(secondsToEnd).toBeLessThan(soon);
    await receiver.stop();
  });

  test('when nothing listens at the endpoint', async () => {
    const ends = [
      await startProgram({ ending: 'a signal comes', signals: ['SIGTERM'], flushTimeoutSeconds: 0.5 }).ended,
      await startProgram({ ending: 'work is done', flushTimeoutSeconds: 0.5 }).ended,
    ];
    expect(ends).toMatchObject([
      { ...signalled('SIGTERM'), stderr: '' },
      { ...exited(0), stderr: '' },
    ]);
  });

  test('at once when a second Ctrl-C comes while the endpoint hangs', async () => {
    const receiver = await startOtlpReceiver({ answers: false });
    const program = startProgram({ ending: 'a signal comes', signals: ['SIGINT'], endpoint: receiver.origin });
    while (receiver.posts.length === 0) await sleep(20);
    program.kill('SIGINT');
    const { signal, secondsToEnd } = await program.ended;
    expect(signal).toBe('SIGINT');
    expect(secondsToEnd).toBeLessThan(soon);
    await receiver.stop();
  });
});

test('two copies of the package share the end of the process, because each alone would leave it to the other', async () => {
  const other = '../src/process-end.ts?copy';
  const copy = (await import(other)) as typeof import('../src/process-end.ts');
  expect(copy.processEnd).not.toBe(processEnd);
  expect(copy.processEnd()).toBe(processEnd());
});
