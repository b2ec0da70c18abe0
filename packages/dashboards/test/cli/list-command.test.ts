import { expect, test } from 'vitest';
import { listCommand } from '../../src/cli/list-command.ts';
import { fakeContent } from './fake-content.ts';
import { run } from './run.ts';

test('dashboards and alerts are listed in columns', async () => {
  const { out } = await run({ list: listCommand(fakeContent()) }, ['list']);
  expect(out.split('\n')).toEqual([
    'Dashboards:',
    '  overview  modelmeter-overview  Overview',
    '  training  modelmeter-training  Training',
    '',
    'Alerts:',
    '  MLTrainingStalled  critical  A training run makes no steps.',
    '  MLGpuMemoryHigh    warning   The memory of a GPU is nearly full. Off by default.',
  ]);
});
