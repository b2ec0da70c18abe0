import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { OtlpConnections } from '../src/otlp-connections.ts';
import { diagWarnings } from './diag-warnings.ts';
import { startOtlpReceiver } from './otlp-receiver.ts';

const warnings = diagWarnings();
afterEach(() => void vi.unstubAllEnvs());

test('a secure connection takes its certificates from the environment, those of metrics first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-'));
  for (const name of ['ca', 'cert', 'key', 'other']) await writeFile(join(folder, name), name);
  vi.stubEnv('OTEL_EXPORTER_OTLP_CERTIFICATE', join(folder, 'other'));
  vi.stubEnv('OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE', join(folder, 'ca'));
  vi.stubEnv('OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE', join(folder, 'cert'));
  vi.stubEnv('OTEL_EXPORTER_OTLP_METRICS_CLIENT_KEY', join(folder, 'key'));
  const { options } = new OtlpConnections().agent('https:') as Agent;
  await rm(folder, { recursive: true });
  expect(options).toMatchObject({ keepAlive: true, ca: Buffer.from('ca'), cert: Buffer.from('cert'), key: Buffer.from('key') });
});

test('a certificate that is not there is warned of', () => {
  vi.stubEnv('OTEL_EXPORTER_OTLP_CERTIFICATE', '/nowhere/ca.pem');
  const { options } = new OtlpConnections().agent('https:') as Agent;
  expect(options).not.toHaveProperty('ca');
  expect(warnings).toEqual([expect.stringContaining("OTEL_EXPORTER_OTLP_CERTIFICATE is /nowhere/ca.pem, which can't be read")]);
});

test('a cut ends the request that is under way and those that follow, with errors that are no reason to try again', async () => {
  const receiver = await startOtlpReceiver({ answers: false });
  const connections = new OtlpConnections();
  const agent = connections.agent('http:');
  const underWay = request(receiver.origin, { agent }).end();
  while (receiver.posts.length === 0) await new Promise(setImmediate);
  const closed = once(underWay, 'close').catch(() => {});
  const error = new Promise<Error>((resolve) => void underWay.on('error', resolve));
  connections.cut();
  expect(await error).toMatchObject({ message: 'modelmeter stopped waiting for the export' });
  expect(await error).not.toHaveProperty('code');
  await closed;
  for (const later of [agent, connections.agent('http:')]) {
    expect(() => request(receiver.origin, { agent: later })).toThrow('modelmeter stopped waiting for the export');
  }
  await receiver.stop();
});
