import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import type { Arguments } from '../../src/cli/read-arguments.ts';
import { run } from './run.ts';

const seen: Arguments[] = [];
const echo: Command = {
  summary: 'Says what it was given.',
  operands: ['<folder>'],
  options: {
    url: { value: '<url>', text: 'where it is' },
    offset: { value: '<number>', text: 'a number' },
    'dry-run': { text: 'does nothing' },
  },
  notes: 'It forgets nothing.',
  run: async (args) => void seen.push(args),
};
const broken: Command = { summary: 'Fails.', operands: [], options: {}, run: () => Promise.reject(new TypeError('x is undefined')) };
const commands = { echo, broken };

test('a command gets its operands, options and switches', async () => {
  const { exitCode } = await run(commands, ['echo', 'a folder', '--url=-x', '--dry-run', '--offset', '-1', '--offset', '-0.5']);
  expect(exitCode).toBe(0);
  expect(seen.at(-1)).toEqual({
    operands: ['a folder'],
    options: new Map([
      ['url', '-x'],
      ['offset', '-0.5'],
    ]),
    switches: new Set(['dry-run']),
  });
  await run(commands, ['echo', '--', '--url']);
  expect(seen.at(-1)?.operands).toEqual(['--url']);
});

describe('what is wrong is named, with exit status 2', () => {
  test.each([
    [['ecco'], 'unknown command "ecco"'],
    [['echo', 'a', '--ulr', 'x'], 'unknown option --ulr'],
    [['echo', 'a', '-u', 'x'], 'unknown option -u'],
    [['echo', 'a', '--constructor'], 'unknown option --constructor'],
    [['echo', 'a', '--url'], '--url needs a value: --url <url>'],
    [['echo', 'a', '--url', '--dry-run'], '--url needs a value: --url <url>'],
    [['echo', 'a', '--dry-run=no'], '--dry-run takes no value, but is given "no"'],
    [['echo'], '<folder> is missing'],
    [['echo', 'a', 'b'], 'unexpected argument "b"'],
  ])('%j', async (args, message) => {
    const before = seen.length;
    const { exitCode, out, errors } = await run(commands, args);
    expect(exitCode).toBe(2);
    expect(errors.split('\n')[0]).toBe(`modelmeter-dashboards: ${message}`);
    expect(errors).toMatch(/\nmodelmeter-dashboards( echo)? --help says what there is\.$/);
    expect(out).toBe('');
    expect(seen).toHaveLength(before);
  });
});

test('a failure of another kind is one line, with exit status 1', async () => {
  expect(await run(commands, ['broken'])).toEqual({ exitCode: 1, out: '', errors: 'modelmeter-dashboards: x is undefined' });
});

test('help lists the commands, and those list their options', async () => {
  const { exitCode, out } = await run(commands, ['--help']);
  expect(exitCode).toBe(0);
  expect(out).toContain('  echo <folder>  Says what it was given.\n  broken         Fails.');
  expect(await run(commands, [])).toEqual({ exitCode: 2, out, errors: '' });
  const help = await run(commands, ['echo', '--url', '--help']);
  expect(help.exitCode).toBe(0);
  expect(help.out.split('\n')).toEqual([
    'Usage: modelmeter-dashboards echo <folder> [options]',
    '',
    'Says what it was given.',
    '',
    '  --url <url>        where it is',
    '  --offset <number>  a number',
    '  --dry-run          does nothing',
    '  --help             this text',
    '',
    'It forgets nothing.',
  ]);
});
