import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GpuCells } from './gpu-cells.ts';

// Stands in for nvidia-smi. Run as: fake-nvidia-smi.ts <behaviour> <folder> --query-gpu=<fields> --format=csv,noheader,nounits -lms <interval>

/** How it behaves. */
export type Behaviour = keyof typeof behaviours;

const [behaviour, folder = '', query = '', format, loop, milliseconds] = process.argv.slice(2);
const fields = query.replace('--query-gpu=', '').split(',');

const behaviours = {
  replays: () => loopRows(),
  'says nothing': stay,
  'hangs after its first rows': () => {
    write(rows());
    stay();
  },
  'hangs and ignores SIGTERM': () => {
    process.on('SIGTERM', () => {});
    write(rows());
    stay();
  },
  'has no driver': () =>
    end(
      9,
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n\n",
    ),
  'finds no devices': () => end(6, 'No devices were found\n'),
  'ends after its first rows': () => end(0, rows()),
  'does not know the newest fields': () => {
    const unknown = fields.find((field) => ['utilization.encoder', 'utilization.decoder', 'mig.mode.current'].includes(field));
    if (unknown === undefined) loopRows();
    else end(2, `Field "${unknown}" is not a valid field to query.\n\n`);
  },
  'knows no field': () => end(2, `Field "${fields[0]}" is not a valid field to query.\n\n`),
  'writes rubbish between rows': () =>
    loopRows((text) => `\0\u{fffd}\x1b[31m,,,\n${'9,'.repeat(500)}\n\n${text}[GPU is lost], [GPU is lost]\n`),
  'writes rubbish alone': () => setInterval(() => write('Segmentation, fault\n'), Number(milliseconds)),
  'writes in small pieces': () => {
    const text = rows();
    let at = 0;
    setInterval(() => write(text.slice(at, (at += 7))), 2);
  },
  'writes lines without end': () => flood('x,y\n'),
  'writes a line without end': () => flood('GPU-'),
} satisfies Record<string, () => unknown>;

function rows(): string {
  const gpus = JSON.parse(readFileSync(join(folder, 'gpus.json'), 'utf8')) as GpuCells[];
  return gpus.map((cells) => `${fields.map((field) => (cells as Record<string, string>)[field] ?? '[N/A]').join(', ')}\n`).join('');
}

function loopRows(change = (text: string) => text): void {
  write(change(rows()));
  setInterval(() => write(change(rows())), Number(milliseconds));
}

function flood(text: string): void {
  const block = text.repeat(10_000);
  const more = () => {
    while (process.stdout.write(block));
    process.stdout.once('drain', more);
  };
  more();
}

function stay(): void {
  setInterval(() => {}, 1000);
}

function end(status: number, text: string): void {
  process.exitCode = status;
  write(text);
}

function write(text: string): void {
  process.stdout.write(text);
}

if (process.argv[1] === import.meta.filename) {
  // Node ignores SIGPIPE, by which nvidia-smi ends.
  process.stdout.on('error', () => process.exit(141));
  appendFileSync(join(folder, 'starts'), `${process.pid} ${[query, format, loop, milliseconds].join(' ')}\n`);
  behaviours[behaviour as Behaviour]();
}
