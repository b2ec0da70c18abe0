import { parseArgs } from 'node:util';
import { loadBackend } from './load-backend.ts';
import { runDemo } from './run-demo.ts';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
const demo = await runDemo({ ...(await loadBackend()), print: (line) => console.log(line) });
if (values.keep) {
  console.log(`Still serving ${demo.url}; Ctrl-C ends it.`);
  // A timer keeps the program alive; the endpoint alone does not.
  setInterval(() => {}, 60_000);
} else {
  await demo.shutdown();
}
