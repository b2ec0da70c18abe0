import { type StatsFs, statfsSync } from 'node:fs';
import { H100 } from '../../../packages/system/test/gpu/gpu-cells.ts';
import type { Expectations } from '../compare-values.ts';
import { each, every, type Expected, type Expectation, type Known, notCompared, one, type Row } from '../expected-values.ts';
import { CONTAINER } from '../program/facts.ts';

const place = (panel: string, refId = 'A') => `modelmeter-resources / ${panel} / ${refId}`;

const MEBIBYTE = 2 ** 20;
const SHARE: Expected = [0, 1];
const CONTAINER_SHARE = CONTAINER.workingSetBytes / CONTAINER.memoryBytes;
/** Others write to the same file systems. */
const WRITTEN_MEANWHILE_BYTES = 2048 * MEBIBYTE;

const gpu = (expected: (known: Known) => Expected): Expectation =>
  each(['hw_id', 'hw_name'], (known) => ({ [`${H100.uuid}/${H100.name}`]: expected(known) }));
const cell = (name: keyof typeof H100) => Number(H100[name]);
const joules = ({ window }: Known): Expected => {
  const all = cell('power.draw') * (window.endSeconds - window.startSeconds);
  return [0.5 * all, 1.3 * all];
};
const memory = ({ earlier, later }: Known): Expected => [0.5 * earlier.memoryBytes, 2 * later.memoryBytes];
const process = (expected: (known: Known) => Expected): Expectation => each(['job'], (known) => ({ target: expected(known) }));
const fileSystem = (expected: (stat: StatsFs) => Expected): Expectation =>
  every(({ labels }: Row) => expected(statfsSync(labels['system_filesystem_mountpoint'] ?? '/')));

export const resources: Expectations = {
  [place('Busiest process (gauge)')]: one(() => SHARE),
  [place('Fullest container (gauge)')]: one(() => CONTAINER_SHARE),
  [place('Busiest host (gauge)')]: one(() => SHARE),
  [place('Fullest memory (gauge)')]: one(() => SHARE),
  [place('Fullest file system (gauge)')]: one(() => SHARE),
  [place('Fullest GPU (gauge)')]: one(() => cell('memory.used') / cell('memory.total')),
  [place('Processes (table)', 'A')]: process(({ earlier, later }) => [earlier.uptimeSeconds, later.uptimeSeconds]),
  [place('Processes (table)', 'B')]: process(() => SHARE),
  [place('Processes (table)', 'C')]: process(memory),
  [place('Processes (table)', 'D')]: process(memory),
  [place('Processes (table)', 'E')]: process(() => [10, 1000]),
  [place('Processes (table)', 'F')]: process(() => [10, 1000]),
  [place('File systems (bargauge)')]: fileSystem(usedShare),
  [place('When file systems will be full (table)', 'A')]: fileSystem(usedShare),
  [place('When file systems will be full (table)', 'B')]: fileSystem(({ blocks, bsize }) => blocks * bsize),
  [place('When file systems will be full (table)', 'C')]: fileSystem(({ bavail, bsize }) => [
    bavail * bsize - WRITTEN_MEANWHILE_BYTES,
    bavail * bsize + WRITTEN_MEANWHILE_BYTES,
  ]),
  [place('When file systems will be full (table)', 'D')]: notCompared('nobody else looks into the future'),
  [place('Memory of the limit (bargauge)')]: process(() => CONTAINER_SHARE),
  [place('Energy of the time range (bargauge)')]: gpu(joules),
  [place('GPUs (table)', 'A')]: gpu(() => [0.3, 0.9]),
  [place('GPUs (table)', 'B')]: gpu(() => cell('memory.used') * MEBIBYTE),
  [place('GPUs (table)', 'C')]: gpu(() => cell('memory.total') * MEBIBYTE),
  [place('GPUs (table)', 'D')]: gpu(() => cell('power.draw')),
  [place('GPUs (table)', 'E')]: gpu(() => cell('temperature.gpu')),
  [place('GPUs (table)', 'F')]: gpu(joules),
  // VictoriaMetrics counts those with which the series began as new.
  [place('GPUs (table)', 'G')]: gpu(() => ({ oneOf: [0, cell('ecc.errors.corrected.volatile.total')] })),
};

function usedShare({ blocks, bfree, bsize }: StatsFs): Expected {
  const [share, margin] = [1 - bfree / blocks, WRITTEN_MEANWHILE_BYTES / (blocks * bsize)];
  return [share - margin, share + margin];
}
