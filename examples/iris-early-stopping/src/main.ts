import { trainIris } from './train-iris.ts';

const trained = await trainIris({ print: (line) => console.log(line) });
await trained.shutdown();
