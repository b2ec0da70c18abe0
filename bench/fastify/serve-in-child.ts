import type { AddressInfo } from 'node:net';
import { measureInference } from '@modelmeter/inference';
import { inferenceHandler, inferencePlugin } from '@modelmeter/inference/fastify';
import { startMetrics } from '@modelmeter/sdk';
import createFastify, { type FastifyInstance } from 'fastify';
import { HANDLERS } from './handlers.ts';
import type { ServerName, ServerPair, ServerState, Workload } from './server-pair.ts';

// Two servers in a process of their own: a bare one, and one that argv tells how it is measured. It tells its parent where they are, answers a message
// with its state, and ends with its parent.

process.on('disconnect', () => process.exit());
const name = process.argv[2] as ServerName;
const workload = process.argv[3] as Workload;
const method = workload === 'nothing' ? 'GET' : 'POST';
const metrics = await startMetrics({ port: 0 });
const model = measureInference({ model: workload, version: '1', operation: 'classify' });

async function bareServer(): Promise<FastifyInstance> {
  const app = createFastify();
  app.route({ method, url: '/predict', handler: await HANDLERS[workload]() });
  return app;
}

/** The least that measuring can be: the clock is read when a handler begins and when the response has been sent. */
async function serverWithClock(): Promise<FastifyInstance> {
  const app = createFastify();
  const handler = await HANDLERS[workload]();
  let milliseconds = 0;
  app.route({
    method,
    url: '/predict',
    handler: (request, reply) => {
      const start = performance.now();
      reply.raw.on('close', () => (milliseconds += performance.now() - start));
      return handler(request);
    },
  });
  process.on('exit', () => milliseconds);
  return app;
}

async function measuredServer(): Promise<FastifyInstance> {
  const app = createFastify();
  const handler = await HANDLERS[workload]();
  if (name === 'inferencePlugin') {
    await app.register(inferencePlugin);
    app.route({ method, url: '/predict', handler, config: { inference: model } });
  } else {
    app.route({ method, url: '/predict', handler: inferenceHandler(handler, model) });
  }
  return app;
}

async function listen(app: FastifyInstance): Promise<string> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/predict`;
}

async function state(): Promise<ServerState> {
  const { user, system } = process.cpuUsage();
  const counts = (await metrics.text()).matchAll(/^ml_inference_duration_seconds_count\{.*\} (\d+)$/gm);
  let counted = 0;
  for (const [, count] of counts) counted += Number(count);
  return { counted, cpuMicroseconds: user + system };
}

const SECOND = {
  'another bare one': bareServer,
  'the clock alone': serverWithClock,
  inferencePlugin: measuredServer,
  inferenceHandler: measuredServer,
} satisfies Record<ServerName, () => Promise<FastifyInstance>>;

process.on('message', () => void state().then((now) => process.send?.(now)));
const bareUrl = await listen(await bareServer());
const url = await listen(await SECOND[name]());
process.send?.({ bareUrl, url } satisfies ServerPair);
