import { CALLBACKS } from './fit/fit-variants.ts';
import { ComparedFits } from './fit/step-times.ts';
import { browserFits } from './fit-in-browser/browser-fits.ts';
import type { FitsRequest } from './fit-in-browser/page.ts';
import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';

const ROUNDS = 15;
const REQUESTS: readonly FitsRequest[] = [
  { backend: 'webgl', rounds: ROUNDS, workload: { inputs: 16, units: 32, steps: 50 } },
  { backend: 'webgpu', rounds: ROUNDS, workload: { inputs: 16, units: 32, steps: 16 } },
];

const found = await browserFits(REQUESTS);
const results = REQUESTS.flatMap(({ backend, workload: { steps } }, i) => {
  const report = found?.reports[i];
  return report ? [{ steps, fits: new ComparedFits(backend, report.times), reads: report.readsInSteps }] : [];
});

const targets = results.flatMap(({ steps, fits, reads }) => {
  const none = reads[CALLBACKS.none] ?? NaN;
  return [
    targetRow({
      what: `${CALLBACKS.ours}, ${fits.backend}`,
      against: CALLBACKS.none,
      unit: '% slower',
      atMost: 5,
      measured: fits.percentSlower(CALLBACKS.ours, CALLBACKS.none),
    }),
    targetRow({
      what: `${CALLBACKS.ours}, ${fits.backend}`,
      against: CALLBACKS.noneNever,
      unit: '% slower',
      measured: fits.percentSlower(CALLBACKS.ours, CALLBACKS.noneNever),
    }),
    targetRow({
      what: `${CALLBACKS.ours}, ${fits.backend}`,
      against: `${CALLBACKS.none}: ${none}`,
      unit: `reads from the device in ${steps} steps`,
      atMost: none,
      measured: spreadOf([reads[CALLBACKS.ours] ?? NaN]),
    }),
  ];
});

present({
  title: 'Training in a browser',
  method: [
    `The same as above in ${found?.browser ?? 'Chromium'}, headless, whose WebGL and WebGPU a processor computes (SwiftShader): a fit is one epoch, of ${REQUESTS.map(({ backend, workload }) => `${workload.steps} steps on ${backend}`).join(' and ')}, and ends when the device has given its loss. In each of ${ROUNDS} rounds every contender fits once: medians with the quartiles in brackets, percentages within each round.`,
    "There `yieldEvery: 'auto'` waits for an animation frame every 125 ms, which is up to 16 ms; ours lets messages in every 100 ms, which is not tied to frames. Reads from the device are counted in a fit of their own, up to the end of its last step.",
    found ? `With ${nameAndVersion('@tensorflow/tfjs')}.` : 'Chromium was not there: install it, or set CHROMIUM_PATH.',
  ],
  tables: [
    ...(targets.length > 0 ? [{ title: 'Targets', rows: targets }] : []),
    ...results.map(({ steps, fits, reads }) => ({
      title: `Steps a second, ${fits.backend}`,
      rows: fits.names.map((name) => ({
        callbacks: name,
        'steps/s': fits.stepsPerSecond(name),
        [`% slower than ${CALLBACKS.none}`]: fits.percentSlower(name, CALLBACKS.none),
        ...(name in reads ? { [`reads in ${steps} steps`]: reads[name] as number } : {}),
      })),
    })),
  ],
});
