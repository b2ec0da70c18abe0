import { casesOf, type RuleCase, series } from '../rule-case.ts';

const host = { job: 'train', instance: 'a:9464' };
const gpu = { ...host, hw_id: 'GPU-1', hw_type: 'gpu', hw_name: 'L4', hw_vendor: 'nvidia' };
const memory = series('hw_gpu_memory_utilization_ratio', gpu);

const gpuMemoryCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'nineteen twentieths are in use',
    series: { [memory]: '0.95+0x20' },
    at: '10m',
    alerts: [
      { severity: 'warning', labels: gpu, description: '95% of the memory of GPU GPU-1, L4, reported by a:9464 (train), is in use.' },
    ],
  },
  { kind: 'quiet', story: 'it is nine tenths', series: { [memory]: '0.9+0x20' }, at: '15m', alerts: [] },
  {
    kind: 'quiet',
    story: 'it was so for the length of a run of five minutes',
    series: { [memory]: '0.1+0x3 0.97+0x5 0.1+0x20' },
    at: '9m',
    alerts: [],
  },
  { kind: 'missing', story: 'the host has no GPU', series: { [series('up', host)]: '1+0x20' }, at: '15m', alerts: [] },
];

const busy = (id: string, instance = 'a:9464') =>
  series('hw_gpu_utilization_ratio', { ...gpu, instance, hw_id: id, hw_gpu_task: 'general' });
const trains = (instance: string) => ({ job: 'train', instance, ml_model_name: 'digits' });
const active = (instance: string) => series('ml_training_run_active', trains(instance));
const gpuIdleCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'another process of the host reports that its two GPUs have little to do',
    series: { [active('a:9465')]: '1+0x40', [busy('GPU-1')]: '0.02+0x40', [busy('GPU-2')]: '0+0x40' },
    at: '16m',
    alerts: [
      {
        severity: 'warning',
        labels: { ...trains('a:9465'), host: 'a' },
        description: 'digits trains on a:9465 (train), and the busiest GPU there is busy for 2% of the time.',
      },
    ],
  },
  {
    kind: 'fires',
    story: 'an instance without a port does nothing at all',
    series: { [active('pod-7')]: '1+0x40', [busy('GPU-1', 'pod-7')]: '0+0x40' },
    at: '16m',
    alerts: [
      {
        severity: 'warning',
        labels: { ...trains('pod-7'), host: 'pod-7' },
        description: 'digits trains on pod-7 (train), and the busiest GPU there is busy for 0% of the time.',
      },
    ],
  },
  {
    kind: 'quiet',
    story: 'a run has read its data for ten minutes',
    series: { [active('a:9464')]: '1+0x40', [busy('GPU-1')]: '0+0x40' },
    at: '10m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'one of two GPUs is at work',
    series: { [active('a:9464')]: '1+0x40', [busy('GPU-1')]: '0.6+0x40', [busy('GPU-2')]: '0+0x40' },
    at: '30m',
    alerts: [],
  },
  { kind: 'quiet', story: 'nothing trains', series: { [active('a:9464')]: '0+0x40', [busy('GPU-1')]: '0+0x40' }, at: '30m', alerts: [] },
  {
    kind: 'quiet',
    story: 'the GPU of another host has nothing to do',
    series: { [active('a:9464')]: '1+0x40', [busy('GPU-1')]: '0.6+0x40', [busy('GPU-9', 'z:9464')]: '0+0x40' },
    at: '30m',
    alerts: [],
  },
  { kind: 'missing', story: 'the host has no GPU', series: { [active('a:9464')]: '1+0x40' }, at: '30m', alerts: [] },
];

const disk = {
  ...host,
  system_device_name: '/dev/sda1',
  system_filesystem_mountpoint: '/data',
  system_filesystem_type: 'ext4',
  system_filesystem_mode: 'rw',
  system_filesystem_state: 'free',
};
const free = (bytes: string, ratio: string, labels = disk) => ({
  [series('system_filesystem_usage_bytes', labels)]: bytes,
  [series('system_filesystem_utilization_ratio', labels)]: ratio,
});
const diskCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'a tenth of the disk is gone within six hours, and a third of it is left',
    series: free('400-0.25x500', '0.25+0x500'),
    at: '7h',
    alerts: [
      {
        severity: 'warning',
        labels: disk,
        description: '/data, reported by a:9464 (train), has 25% free, and at the rate of the last six hours none within 24 hours.',
      },
    ],
  },
  {
    kind: 'fires',
    story: 'it is full',
    series: free('0+0x500', '0+0x500'),
    at: '7h',
    alerts: [
      {
        severity: 'warning',
        labels: disk,
        description: '/data, reported by a:9464 (train), has 0% free, and at the rate of the last six hours none within 24 hours.',
      },
    ],
  },
  {
    kind: 'quiet',
    story: 'the host was started half an hour ago, and makes itself at home',
    series: free('400-1x500', '0.3+0x500'),
    at: '30m',
    alerts: [],
  },
  { kind: 'quiet', story: 'it takes three days', series: free('1000-0.2x500', '0.3+0x500'), at: '7h', alerts: [] },
  {
    kind: 'quiet',
    story: 'data are downloaded to a disk that is half empty',
    series: free('500-1x400', '0.5+0x400'),
    at: '5h',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'what is full is read only, as images are',
    series: free('0+0x500', '0+0x500', { ...disk, system_filesystem_mode: 'ro' }),
    at: '7h',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'only the space in use is known',
    series: free('400-1x500', '0.1+0x500', { ...disk, system_filesystem_state: 'used' }),
    at: '7h',
    alerts: [],
  },
];

export const resourceCases: readonly RuleCase[] = [
  ...casesOf('MLGpuMemoryHigh', gpuMemoryCases),
  ...casesOf('MLGpuIdleWhileTraining', gpuIdleCases),
  ...casesOf('MLDiskFillingUp', diskCases),
];
