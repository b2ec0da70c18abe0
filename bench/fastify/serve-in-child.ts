import type { AddressInfo } from 'node:net';
import { measureInference } from '@modelmeter/inference';
import { inferenceHandler, inferencePlugin } from '@modelmeter/inference/fastify';
import { startMetrics } from '@modelmeter/sdk';
import createFastify, { type FastifyRequest } from 'fastify';
import { classifyDigit } from './classify-digit.ts';
import type { ServerName, ServerState, Workload } from './server-name.ts';

// A server in a process of its own: argv says how it is measured and what it does. It tells its parent its port, answers a message with its
// state, and ends with its parent.

process.on('disconnect', () => process.exit());
const name = process.argv[2] as ServerName;
const workload = process.argv[3] as Workload;
const app = createFastify();
const method = workload === 'digits' ? 'POST' : 'GET';
const handler =
  workload === 'digits'
    ? async ({ body }: FastifyRequest) => ({ digit: classifyDigit((body as { image: number[] }).image) })
    : async () => ({ digit: 7 });
const route = { method, url: '/predict', handler } as const;
let countRequests: () => Promise<number> = async () => 0;

if (name === 'bare') {
  app.route(route);
} else if (name === 'the clock alone') {
  let milliseconds = 0;
  app.route({
    ...route,
    handler: (request, reply) => {
      const start = performance.now();
      reply.raw.on('close', () => (milliseconds += performance.now() - start));
      return handler(request);
    },
  });
  process.on('exit', () => milliseconds);
} else {
  const metrics = await startMetrics({ port: 0 });
  const digits = measureInference({ model: 'digits', version: '3', operation: 'classify' });
  if (name === 'inferencePlugin') {
    await app.register(inferencePlugin);
    app.route({ ...route, config: { inference: digits } });
  } else {
    app.route({ ...route, handler: inferenceHandler(handler, digits) });
  }
  countRequests = async () => Number(/^ml_inference_duration_seconds_count\{.*\} (\d+)$/m.exec(await metrics.text())?.[1]);
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  void countRequests().then((counted) => process.send?.({ counted, cpuMicroseconds: user + system } satisfies ServerState));
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: (app.server.address() as AddressInfo).port });
