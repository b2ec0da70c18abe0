import { BUDGET_BYTES, PAGE, PEER } from './bundle-size/budget.ts';
import { bundleSize } from './bundle-size/bundle-size.ts';
import { nameAndVersion } from './measure/installed-version.ts';
import { present } from './measure/present.ts';
import { spreadOf } from './measure/spread.ts';
import { targetRow } from './measure/target.ts';

const PROGRAMS = {
  'core: the registry': "export { defaultRegistry } from '@modelmeter/core';",
  'core and tfjs: the registry and fitMetrics': PAGE,
  'core and tfjs: everything': "export * from '@modelmeter/core'; export * from '@modelmeter/tfjs';",
};
const folder = import.meta.dirname;

const page = await bundleSize(PAGE, { external: [PEER], folder });
const rows = [];
for (const [what, program] of Object.entries(PROGRAMS)) {
  const without = await bundleSize(program, { external: [PEER], folder });
  const whole = await bundleSize(program, { folder });
  rows.push({
    what,
    'minified, kB': without.minifiedBytes / 1000,
    'gzipped, kB': without.gzippedBytes / 1000,
    'gzipped with its peer, kB': whole.gzippedBytes / 1000,
  });
}

present({
  title: 'Size in a browser',
  method: [
    `What a page loads of us, bundled and minified by ${nameAndVersion('esbuild')} as ES2022 and compressed by gzip at its best. ${nameAndVersion(PEER)}, our peer, is left out except in the last column: a page has it once, whoever brings it.`,
  ],
  tables: [
    {
      title: 'Target',
      rows: [
        targetRow({
          what: 'core and tfjs: the registry and fitMetrics',
          against: 'a limit',
          unit: 'kB',
          atMost: BUDGET_BYTES / 1000,
          measured: spreadOf([page.gzippedBytes / 1000]),
        }),
      ],
    },
    { title: 'Bundles', rows },
  ],
});
