import type { Serve } from './implementation.ts';
import { listen } from './listen.ts';
import { promClient } from './serve-prom-client.ts';

/** The floor: prom-client's first page again and again, so that nothing is left but the request and the bytes. */
export const serve: Serve = async (workload) => {
  const { registry, update } = promClient(workload);
  update(1);
  const page = Buffer.from(await registry.metrics());
  const headers = { 'content-type': registry.contentType, 'content-length': page.length };
  registry.clear();
  return { url: await listen((_request, response) => response.writeHead(200, headers).end(page)), update: () => {} };
};
