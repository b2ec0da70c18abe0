import { trainLine } from './train-line.ts';

const trained = await trainLine({ print: (line) => console.log(line) });
await trained.shutdown();
