import { parseArgs } from 'node:util';
import { loadBackend } from './load-backend.ts';
import { trainDigits } from './train-digits.ts';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
const trained = await trainDigits({ ...(await loadBackend()), print: (line) => console.log(line) });
if (values.keep) {
  console.log(`Still serving ${trained.url}; Ctrl-C ends it.`);
  // A timer keeps the program alive; the endpoint alone does not.
  setInterval(() => {}, 60_000);
} else {
  await trained.shutdown();
}
