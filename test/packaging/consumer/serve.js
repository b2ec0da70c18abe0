// Serving, with the installed packages: answers itself over HTTP, and prints how many requests and stages its page tells.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { withMetrics } from '@modelmeter/inference';
import { inferenceHandler } from '@modelmeter/inference/node-http';
import { startMetrics } from '@modelmeter/sdk';

const metrics = await startMetrics({ serviceName: 'digits', port: 0 });
const classify = withMetrics(async () => 7, { model: 'digits' });
const answer = async (response) => response.end(String(await classify()));
const server = createServer(inferenceHandler((_request, response) => void answer(response), { model: 'digits' }));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
for (let i = 0; i < 3; i++) await (await fetch(`http://127.0.0.1:${server.address().port}`)).text();
server.closeAllConnections();
server.close();
await once(server, 'close');
const page = await metrics.text();
await metrics.shutdown();
const count = (metric) => Number(new RegExp(`^${metric}_seconds_count\\{.*\\} (\\d+)`, 'm').exec(page)?.[1]);
console.log(JSON.stringify({ requests: count('ml_inference_duration'), stages: count('ml_inference_stage_duration') }));
