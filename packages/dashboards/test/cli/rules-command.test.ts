import { expect, test } from 'vitest';
import { rulesCommand } from '../../src/cli/rules-command.ts';
import { defaultThresholds, type Thresholds, thresholdDescriptions } from '../../src/rules/thresholds.ts';
import { fakeContent } from './fake-content.ts';
import { run } from './run.ts';

const commands = { rules: rulesCommand(fakeContent()) };

test('rules are printed with the thresholds of the options, or without', async () => {
  expect(await run(commands, ['rules'])).toEqual({ exitCode: 0, out: 'groups: [] # [{},{}]', errors: '' });
  const { out } = await run(commands, ['rules', '--diverging-ratio', '1e-1', '--plateau-epochs=20', '--format', 'grafana']);
  expect(out).toBe('apiVersion: 1 # [{"plateauEpochs":20,"divergingRatio":0.1},{}]');
});

test('a threshold that is no number, or not one that it can be, is named', async () => {
  for (const value of ['high', '', '0.3x']) {
    const { exitCode, errors } = await run(commands, ['rules', `--diverging-ratio=${value}`]);
    expect(exitCode).toBe(2);
    expect(errors).toContain(`--diverging-ratio is ${JSON.stringify(value)}, not a number`);
  }
  const { exitCode, errors } = await run(commands, ['rules', '--gpu-memory-ratio', '90']);
  expect(exitCode).toBe(2);
  expect(errors).toContain('--gpu-memory-ratio is 90, not a number above 0 and below 1');
});

test('rules can be of some series alone, and link to runbooks of your own', async () => {
  const selector = 'job=~"digits|fa\\\\.ces", env != "test"';
  const { out } = await run(commands, ['rules', '--selector', selector, '--runbooks-url', 'https://wiki.example/ml/']);
  expect(JSON.parse(out.slice('groups: [] # '.length))).toEqual([{}, { selector, runbooksUrl: 'https://wiki.example/ml' }]);
  for (const wrong of ['{job="digits"}', 'job=digits', 'job="digits" or 1', '']) {
    const { exitCode, errors } = await run(commands, ['rules', `--selector=${wrong}`]);
    expect(exitCode).toBe(2);
    expect(errors).toContain(`--selector is ${JSON.stringify(wrong)}, not matchers`);
  }
  expect((await run(commands, ['rules', '--runbooks-url', 'wiki'])).errors).toContain('--runbooks-url is "wiki", not a URL');
});

test('a format that there is not is named', async () => {
  const { exitCode, errors } = await run(commands, ['rules', '--format', 'json']);
  expect(exitCode).toBe(2);
  expect(errors).toContain('--format is "json", not prometheus or grafana');
});

test('help names each threshold with its default', async () => {
  const { out } = await run(commands, ['rules', '--help']);
  for (const [field, value] of Object.entries(defaultThresholds)) {
    const option = field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(out).toMatch(
      new RegExp(`--${option} <number> +${thresholdDescriptions[field as keyof Thresholds].slice(0, 20)}.*\\(default ${value}\\)`),
    );
  }
});
