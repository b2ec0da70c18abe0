import { attributes as attribute, inferenceMetrics as metric } from '@modelmeter/core';
import { afterEach, describe, expect, test } from 'vitest';
import { measuredModel } from '../measured-model.ts';
import { type Kind, MOST_BYTES } from './answers.ts';
import { leaveEarly, rawRequest } from './raw-request.ts';
import { ADAPTERS, type RunningServer } from './servers.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

const predict = (port: number, kind: Kind) => rawRequest(port, 'POST', '/predict', JSON.stringify({ kind }));

describe.each(ADAPTERS)('$name', ({ start, seesAll }) => {
  async function measuredServer() {
    const model = measuredModel();
    const server = await start(model.metrics);
    running.push(server);
    /** Resolves when nothing is in flight: a client may have its answer before the server knows. */
    const settled = async () => {
      for (let i = 0; i < 500 && (await model.requests()).active !== 0; i++) await new Promise((resolve) => setTimeout(resolve, 2));
      return model.requests();
    };
    return { ...model, port: server.port, settled };
  }

  test.each<[Kind, string | undefined]>([
    ['good', undefined],
    ['nested', undefined],
    ['bad', 'invalid_input'],
    ['busy', 'rejected'],
    ['throws', '_OTHER'],
    ['rejects', '_OTHER'],
    ['throwsLate', 'timeout'],
  ])('a request that is %s is counted once', async (kind, type) => {
    const { port, settled, collect } = await measuredServer();
    for (let i = 0; i < 3; i++) await predict(port, kind);
    expect(await settled()).toMatchObject(
      type === undefined
        ? { succeeded: { count: 3 }, failed: {}, active: 0 }
        : { succeeded: { count: 0 }, failed: { [type]: 3 }, active: 0 },
    );
    const stages = (await collect()).count(metric.inferenceStageDuration, { [attribute.inferenceStage.key]: 'predict' });
    expect(stages).toBe(kind === 'nested' ? 3 : undefined);
  });

  test('a body that is too large, or no JSON, is invalid input where it is seen', async () => {
    const { port, settled } = await measuredServer();
    await rawRequest(port, 'POST', '/predict', ' '.repeat(MOST_BYTES + 1));
    await rawRequest(port, 'POST', '/predict', '{"kind": "go');
    const { failed, active } = await settled();
    expect(active).toBe(0);
    // A handler that parses by itself sees more.
    expect(failed['invalid_input'] ?? 0).toBeLessThanOrEqual(2);
    expect(failed['invalid_input'] ?? 0).toBeGreaterThanOrEqual(seesAll ? 2 : 0);
  });

  test('a response in pieces is a request until its last', async () => {
    const { port, settled } = await measuredServer();
    expect(await rawRequest(port, 'GET', '/stream')).toContain('three');
    expect(await settled()).toMatchObject({ succeeded: { count: 1 }, failed: {}, active: 0 });
  });

  test('a response that breaks in the middle is a failure', async () => {
    const { port, settled } = await measuredServer();
    await rawRequest(port, 'GET', '/breaks');
    const { succeeded, failed, active } = await settled();
    expect({ succeeded: succeeded.count, active }).toEqual({ succeeded: 0, active: 0 });
    expect(Object.values(failed)).toEqual([1]);
  });

  test('a client that leaves has cancelled, and its request is not in flight any more', async () => {
    const { port, settled, requests } = await measuredServer();
    await leaveEarly(port, JSON.stringify({ kind: 'hangs' }), async () => (await requests()).active === 1);
    expect(await settled()).toMatchObject({ succeeded: { count: 0 }, failed: { cancelled: 1 }, active: 0 });
  });

  test('many requests at a time are counted exactly', async () => {
    const { port, settled } = await measuredServer();
    const kinds: Kind[] = ['good', 'nested', 'bad', 'throws', 'busy'];
    await Promise.all(Array.from({ length: 100 }, (_, i) => predict(port, kinds[i % kinds.length] ?? 'good')));
    expect(await settled()).toMatchObject({
      succeeded: { count: 40 },
      failed: { invalid_input: 20, _OTHER: 20, rejected: 20 },
      active: 0,
    });
  });

  test('clients receive byte for byte what they receive without us', async () => {
    const { port, settled } = await measuredServer();
    const bare = await start(undefined);
    running.push(bare);
    const exchanges: [string, string, string?][] = [
      ...(['good', 'nested', 'bad', 'busy', 'throws', 'rejects'] as const).map((kind): [string, string, string] => [
        'POST',
        '/predict',
        JSON.stringify({ kind }),
      ]),
      ['POST', '/predict', ' '.repeat(MOST_BYTES + 1)],
      ['POST', '/predict', '{'],
      ['GET', '/stream'],
      ['HEAD', '/stream'],
      ['GET', '/nowhere?name=alice'],
    ];
    for (const [method, path, body] of exchanges) {
      expect(await rawRequest(port, method, path, body), `${method} ${path} ${body}`).toBe(await rawRequest(bare.port, method, path, body));
    }
    expect((await settled()).active).toBe(0);
  });

  test('nothing that a client sends becomes an attribute value', async () => {
    const { port, settled, collect } = await measuredServer();
    await rawRequest(port, 'POST', '/predict?user=alice', '{"kind": "alice"}', 'text/alice');
    await predict(port, 'throws');
    await settled();
    const values = await collect();
    const attributes = Object.values(metric)
      .filter((definition) => 'name' in definition)
      .flatMap((definition) => values.all(definition).flatMap(([one]) => Object.values(one)));
    expect(attributes.length).toBeGreaterThan(0);
    expect(attributes.filter((value) => String(value).includes('alice'))).toEqual([]);
  });
});
