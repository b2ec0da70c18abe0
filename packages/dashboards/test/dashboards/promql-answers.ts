import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Vector } from '../../src/promql/vector.ts';
import { everywhere } from '../../src/promql/scope.ts';

export interface Question {
  readonly query: Vector;
  /** Values at each minute, in the notation of promtool's tests: `0+60x10` is 0, 60 … 600. */
  readonly series: Readonly<Record<string, string>>;
  /** When it is asked, such as `10m`. */
  readonly at: string;
  /** Values by the labels of the series. */
  readonly answers: Readonly<Record<string, number>>;
}

/** Has promtool evaluate a query; what it finds wrong, and nothing where the answers are as given. */
export async function wrongAnswers({ query, series, at, answers }: Question): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'answers-'));
  try {
    const file = join(folder, 'test.yml');
    writeFileSync(
      file,
      JSON.stringify({
        tests: [
          {
            interval: '1m',
            input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
            promql_expr_test: [
              {
                expr: query.render(everywhere),
                eval_time: at,
                exp_samples: Object.entries(answers).map(([labels, value]) => ({ labels, value })),
              },
            ],
          },
        ],
      }),
    );
    const promtool = spawn('promtool', ['test', 'rules', file]);
    const [stdout, stderr, [code]] = await Promise.all([text(promtool.stdout), text(promtool.stderr), once(promtool, 'close')]);
    return code === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
