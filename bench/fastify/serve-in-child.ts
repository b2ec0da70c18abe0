import type { AddressInfo } from 'node:net';
import { measureInference } from '@modelmeter/inference';
import { inferenceHandler, inferencePlugin } from '@modelmeter/inference/fastify';
import { startMetrics } from '@modelmeter/sdk';
import createFastify from 'fastify';
import type { ServerName, ServerState } from './server-name.ts';

// A server in a process of its own: argv says how it is measured. It tells its parent its port, answers a message with its state, and
// ends with its parent.

process.on('disconnect', () => process.exit());
const name = process.argv[2] as ServerName;
const app = createFastify();
const handler = async () => ({ digit: 7 });
let countRequests: () => Promise<number> = async () => 0;

if (name === 'bare') {
  app.get('/predict', handler);
} else {
  const metrics = await startMetrics({ port: 0 });
  const digits = measureInference({ model: 'digits', version: '3', operation: 'classify' });
  if (name === 'inferencePlugin') {
    await app.register(inferencePlugin);
    app.get('/predict', { config: { inference: digits } }, handler);
  } else {
    app.get('/predict', inferenceHandler(handler, digits));
  }
  countRequests = async () => Number(/^ml_inference_duration_seconds_count\{.*\} (\d+)$/m.exec(await metrics.text())?.[1]);
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  void countRequests().then((counted) => process.send?.({ counted, cpuMicroseconds: user + system } satisfies ServerState));
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ port: (app.server.address() as AddressInfo).port });
