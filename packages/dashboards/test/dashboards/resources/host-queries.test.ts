import { expect } from 'vitest';
import { testWith } from '../../../../../test/servers/test-with.ts';
import { filesystemUsed, hostCpuBusy, hostMemoryUsed, secondsUntilFull } from '../../../src/dashboards/resources/host-queries.ts';
import { wrongAnswers } from '../promql-answers.ts';

const promtoolTest = testWith('promtool');

const ROOT = 'system_filesystem_mountpoint="/", system_device_name="/dev/sda"';
const space = (state: string) => `system_filesystem_usage_bytes{instance="a", system_filesystem_state="${state}", ${ROOT}}`;

promtoolTest('a host that two scrapes see is there once', async () => {
  const idle = (job: string) => `system_cpu_utilization_ratio{job="${job}", instance="a", cpu_mode="idle"}`;
  const series = { [idle('one')]: '0.75x10', [idle('two')]: '0.75x10' };
  expect(await wrongAnswers({ query: hostCpuBusy, series, at: '5m', answers: { '{instance="a"}': 0.25 } })).toBe('');
});

promtoolTest('hosts are told apart', async () => {
  const used = (instance: string) => `system_memory_utilization_ratio{instance="${instance}", system_memory_state="used"}`;
  const series = { [used('a')]: '0.5x10', [used('b')]: '0.25x10' };
  expect(await wrongAnswers({ query: hostMemoryUsed, series, at: '5m', answers: { '{instance="a"}': 0.5, '{instance="b"}': 0.25 } })).toBe(
    '',
  );
});

promtoolTest('what is free of a file system is not taken for used', async () => {
  const of = (state: string) => `system_filesystem_utilization_ratio{instance="a", system_filesystem_state="${state}", ${ROOT}}`;
  const series = { [of('used')]: '0.25x10', [of('free')]: '0.75x10' };
  expect(await wrongAnswers({ query: filesystemUsed, series, at: '5m', answers: { [`{instance="a", ${ROOT}}`]: 0.25 } })).toBe('');
});

promtoolTest('a file system with 3600 bytes left that uses one up each second is full in an hour', async () => {
  const series = { [space('used')]: '0+60x60', [space('free')]: '7200-60x60' };
  expect(await wrongAnswers({ query: secondsUntilFull, series, at: '60m', answers: { [`{instance="a", ${ROOT}}`]: 3600 } })).toBe('');
});

promtoolTest('there is no such time for one that empties, or fills in more than a year', async () => {
  const emptying = { [space('used')]: '7200-60x60', [space('free')]: '0+60x60' };
  expect(await wrongAnswers({ query: secondsUntilFull, series: emptying, at: '60m', answers: {} })).toBe('');
  const slow = { [space('used')]: '0+60x60', [space('free')]: '1e12x60' };
  expect(await wrongAnswers({ query: secondsUntilFull, series: slow, at: '60m', answers: {} })).toBe('');
});
