import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from '@modelmeter/core';
import { startMetrics } from '@modelmeter/sdk';
import { instrumentModel, loadWithMetrics } from '@modelmeter/tfjs';
import * as tf from '@tensorflow/tfjs';
import { classifier, xs } from './classifier.ts';
import { type Facts, type Message, type Order, type RunFacts, VERSIONS } from './facts.ts';
import { Load } from './load.ts';
import { valueLoser } from './lose-values.ts';
import { fakeMachine } from './machine.ts';
import { serveClassifier, startModelServer } from './serving.ts';
import { serveStories } from './storytelling.ts';
import { trainModels, trainOn } from './train-models.ts';

// A program that has everything that a dashboard shows: it trains and serves models, well and badly, on a machine with limits. It says where its metrics
// are, waits until it is told to begin, and tells what it knows of itself whenever it is asked, until it is told to end.

const MAX_SERIES = 150;
const LEAKED_BY_A_CALL = 3;
const SECOND_VERSION_AFTER_SECONDS = 6;

const say = (message: Message) => void process.send?.(message);

await tf.setBackend('cpu');
const registry = new Registry({ maxSeriesPerMetric: MAX_SERIES });
const machine = fakeMachine();
const metrics = await startMetrics({
  registry,
  serviceName: 'proof',
  serviceVersion: '1.2.3',
  port: 0,
  host: '127.0.0.1',
  resources: { hostLock: false, proc: machine.proc, cgroup: machine.cgroup, nvidiaSmi: machine.nvidiaSmi },
});

const server = await startModelServer();
const load = new Load(server);
const stories = serveStories(server, registry);
const losing = valueLoser(registry, MAX_SERIES);
const runs: RunFacts[] = [];
const parameters: Record<string, number> = {};
let leakedTensors = 0;
const timers: NodeJS.Timeout[] = [];

/** Has a model be asked without a server, and leave tensors behind. */
function startLeaking(): void {
  const inner = classifier('leaky', tf.train.sgd(0.1));
  const leaky = instrumentModel(tf, { predict: leakingPredict }, { model: 'leaky', registry });
  function leakingPredict(input: tf.Tensor): tf.Tensor {
    for (let i = 0; i < LEAKED_BY_A_CALL; i++) tf.keep(tf.zeros([1]));
    return inner.predict(input) as tf.Tensor;
  }
  every(1, () => {
    leaky.predict(xs).dispose();
    leakedTensors += LEAKED_BY_A_CALL;
  });
}

async function putIntoService(model: string, version: string): Promise<void> {
  const loaded = await serveClassifier(server, registry, model, version);
  parameters[model] = loaded.countParams();
  load.add(model, version);
}

async function begin(): Promise<void> {
  await putIntoService('sentiment', VERSIONS.sentiment[0]);
  await putIntoService('digits', VERSIONS.digits[0]);
  await loadWithMetrics(() => Promise.reject(new Error('no such file')), { model: 'sentiment', version: '0', registry }).catch(() => {});
  void load.send();
  startLeaking();
  every(2, () => void stories.tellOne());
  every(3, () => losing.lose());
  trainOn(registry, runs);
  const trained = trainModels(registry, runs);
  await sleep(SECOND_VERSION_AFTER_SECONDS * 1000);
  await putIntoService('sentiment', VERSIONS.sentiment[1]);
  await trained;
  say({ isDone: true });
}

function every(seconds: number, action: () => void): void {
  action();
  timers.push(setInterval(action, seconds * 1000));
}

function facts(): Facts {
  return {
    atSeconds: Date.now() / 1000,
    runs,
    requests: [...load.requests.all(), ...stories.requests.all()],
    objectiveMisses: load.objectiveMisses.all(),
    samples: load.samples,
    tokens: stories.tokens(),
    leakedTensors,
    parameters,
    dropped: losing.lost,
    uptimeSeconds: process.uptime(),
    memoryBytes: process.memoryUsage.rss(),
  };
}

async function end(): Promise<void> {
  for (const timer of timers) clearInterval(timer);
  load.end();
  await server.close();
  await metrics.shutdown();
  process.exit();
}

process.on('message', (order: Order) => {
  if (order === 'begin') void begin();
  else if (order === 'tell') say({ facts: facts() });
  else void end();
});
// Whoever started it has gone.
process.once('disconnect', () => void end());
say({ url: metrics.url ?? '' });
