import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { diag } from '@opentelemetry/api';
import { getStringFromEnv } from '@opentelemetry/core';

/**
 * The connections of an OTLP exporter over HTTP. They can be cut: a request to an endpoint that hangs keeps the process alive for as long as
 * the exporter waits, 10 s, or the system does for a host that never answers, minutes.
 */
export class OtlpConnections {
  readonly #agents = new Set<HttpAgent>();
  #isCut = false;

  /** Makes the agent for `http:` or `https:`, as the exporter itself would. */
  readonly agent = (protocol: string): HttpAgent => {
    const agent = protocol === 'http:' ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true, ...tlsFromEnv() });
    this.#agents.add(agent);
    if (this.#isCut) cutOff(agent);
    return agent;
  };

  /** Ends the requests that are under way, and all that follow. */
  cut(): void {
    this.#isCut = true;
    for (const agent of this.#agents) cutOff(agent);
  }
}

function cutOff(agent: HttpAgent): void {
  // Without the code of a network error, upon which the exporter would try again.
  const reason = new Error('modelmeter stopped waiting for the export');
  agent.createConnection = () => {
    throw reason;
  };
  for (const sockets of [agent.sockets, agent.freeSockets]) {
    for (const socket of Object.values(sockets).flat()) socket?.destroy(reason);
  }
}

function tlsFromEnv(): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const [ca, cert, key] = ['CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY'].map(fileFromEnv);
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
}

function fileFromEnv(name: string): Buffer | undefined {
  for (const variable of [`OTEL_EXPORTER_OTLP_METRICS_${name}`, `OTEL_EXPORTER_OTLP_${name}`]) {
    const path = getStringFromEnv(variable)?.trim();
    if (path === undefined) continue;
    try {
      return readFileSync(path);
    } catch (error) {
      diag.warn(`modelmeter: ${variable} is ${path}, which can't be read`, error);
      return undefined;
    }
  }
  return undefined;
}
