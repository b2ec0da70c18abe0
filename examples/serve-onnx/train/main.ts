import { writeFile } from 'node:fs/promises';
import { IRIS_FILE } from '../src/iris-file.ts';
import { flowersOf } from './flowers.ts';
import { irisModel } from './iris-model.ts';
import { shareRight, trainClassifier } from './softmax-regression.ts';

const classifier = trainClassifier(flowersOf('train'));
await writeFile(IRIS_FILE, irisModel(classifier));
for (const split of ['train', 'test'] as const)
  console.log(`${split}: ${(100 * shareRight(classifier, flowersOf(split))).toFixed(1)} % right`);
