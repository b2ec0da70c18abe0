import { runExample } from './run-example.ts';

const run = await runExample({ print: (line) => console.log(line) });
await run.shutdown();
