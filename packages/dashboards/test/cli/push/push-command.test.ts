import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { pushCommand } from '../../../src/cli/push/push-command.ts';
import { fakeContent } from '../fake-content.ts';
import { run } from '../run.ts';
import { type ScriptedGrafana, scriptedGrafana } from './scripted-grafana.ts';

const content = fakeContent();
const TOKEN = 'glsa_token';
const push = (args: readonly string[], env: Record<string, string> = {}) => run({ push: pushCommand(content) }, ['push', ...args], env);
const withToken = () => scriptedGrafana({ authorization: `Bearer ${TOKEN}` });
const writes = ({ asked }: ScriptedGrafana) => asked.filter((line) => line.startsWith('POST'));

test('the dashboards are created in a folder of their own, and a second time nothing is written', async () => {
  const grafana = await withToken();
  const args = ['--url', grafana.url, '--token', TOKEN];
  expect(await push(args)).toEqual({
    exitCode: 0,
    out: [
      'created folder modelmeter',
      `created    Overview  ${grafana.url}d/modelmeter-overview`,
      `created    Training  ${grafana.url}d/modelmeter-training`,
    ].join('\n'),
    errors: '',
  });
  expect(grafana.folders).toEqual([{ uid: 'modelmeter', title: 'modelmeter' }]);
  const { dashboard, folderUid } = grafana.dashboards.get('modelmeter-training') ?? {};
  expect(folderUid).toBe('modelmeter');
  expect(dashboard).toMatchObject(JSON.parse(content.dashboards()[1]?.json ?? '') as object);

  const written = writes(grafana).length;
  const again = await push(args);
  expect(again.exitCode).toBe(0);
  expect(again.out).toMatch(/^unchanged {2}Overview .*\nunchanged {2}Training .*$/);
  expect(writes(grafana)).toHaveLength(written);
});

test('a dry run tells what would be created or changed, and writes nothing', async () => {
  const grafana = await withToken();
  const args = ['--url', grafana.url, '--token', TOKEN];
  const { out } = await push([...args, '--dry-run']);
  expect(out).toMatch(/^would create folder modelmeter\nwould create {2}Overview .*\nwould create {2}Training .*\nNothing was written\.$/);
  expect(writes(grafana)).toEqual([]);

  await push(args);
  grafana.asked.length = 0;
  const edited = grafana.dashboards.get('modelmeter-training');
  Object.assign(edited?.dashboard ?? {}, { title: 'Mine', panels: [] });
  const changed = await push([...args, '--dry-run']);
  expect(changed.out.split('\n').map((line) => line.replace(/ {2}http.*/, ''))).toEqual([
    'unchanged     Overview',
    'would change  Training',
    '    title',
    '    panel "Loss" (1): new',
    '    panel "More" (2): new',
    '    panel "Runs" (3): new',
    'Nothing was written.',
  ]);
  expect(writes(grafana)).toEqual([]);
});

test('what was changed in Grafana is overwritten, and its id stays', async () => {
  const grafana = await withToken();
  const args = ['--url', grafana.url, '--token', TOKEN];
  await push(args);
  const { dashboard } = grafana.dashboards.get('modelmeter-overview') ?? {};
  Object.assign(dashboard ?? {}, { title: 'Mine' });
  const { out } = await push(args);
  expect(out).toMatch(/^changed {4}Overview .*\n {4}title\nunchanged {2}Training/);
  expect(grafana.dashboards.get('modelmeter-overview')?.dashboard).toMatchObject({ title: 'Overview', id: dashboard?.['id'], version: 2 });
});

test('a folder is found by its uid, inside of others too, or by its title', async () => {
  const grafana = await withToken();
  grafana.folders.push({ uid: 'f1', title: 'Team one' }, { uid: 'f2', title: 'Deep', parentUid: 'f1' });
  const folderOf = () => grafana.dashboards.get('modelmeter-overview')?.folderUid;
  const into = (folder: string) => push(['--url', grafana.url, '--token', TOKEN, '--folder', folder]);
  await into('Team one');
  expect(folderOf()).toBe('f1');
  const { out } = await into('f2');
  expect(folderOf()).toBe('f2');
  expect(out).toContain('folder: it is in "Team one"');
  await into('A new one');
  expect(grafana.folders.at(-1)).toMatchObject({ title: 'A new one' });
  expect(folderOf()).toBe(grafana.folders.at(-1)?.uid);
});

test('all folders are looked through, where there are more than Grafana lists at once', async () => {
  const grafana = await withToken();
  grafana.folders.push(...Array.from({ length: 1500 }, (_, i) => ({ uid: `f${i}`, title: `Team ${i}` })));
  await push(['--url', grafana.url, '--token', TOKEN, '--folder', 'Team 1400']);
  expect(grafana.dashboards.get('modelmeter-overview')?.folderUid).toBe('f1400');
});

test('token, user and address come from the options, the environment or the URL', async () => {
  const grafana = await withToken();
  expect((await push([], { GRAFANA_URL: grafana.url, GRAFANA_TOKEN: `${TOKEN}\n` })).exitCode).toBe(0);
  const basic = await scriptedGrafana({ authorization: `Basic ${Buffer.from('admin:pässword').toString('base64')}` });
  expect((await push(['--url', basic.url, '--user', 'admin:pässword'], { GRAFANA_TOKEN: TOKEN })).exitCode).toBe(0);
  const { exitCode, out } = await push(['--url', basic.url.replace('http://', 'http://admin:p%C3%A4ssword@')]);
  expect(exitCode).toBe(0);
  expect(out).not.toContain('ssword');
});

test('Grafana may lie below a path, given with a slash at its end or without', async () => {
  const grafana = await scriptedGrafana({ subPath: '/monitoring/grafana/', authorization: `Bearer ${TOKEN}` });
  const { exitCode, out } = await push(['--url', grafana.url.slice(0, -1), '--token', TOKEN]);
  expect(exitCode).toBe(0);
  expect(out).toContain('/monitoring/grafana/d/modelmeter-overview');
  expect((await push(['--url', grafana.url, '--token', TOKEN])).out).toMatch(/^unchanged/);
  const wrong = await push(['--url', new URL('/', grafana.url).href, '--token', TOKEN]);
  expect(wrong.exitCode).toBe(1);
  expect(wrong.errors).toContain('redirects to /monitoring/grafana/: --url must be where it really is');
});

test('a provisioned dashboard is left alone, and the others are pushed', async () => {
  const grafana = await withToken();
  const dashboard = { ...(JSON.parse(content.dashboards()[0]?.json ?? '') as object), id: 7, version: 1 };
  grafana.dashboards.set('modelmeter-overview', { dashboard, folderUid: '', provisionedFrom: 'overview.json' });
  const args = ['--url', grafana.url, '--token', TOKEN];
  expect((await push(args)).out).toMatch(/unchanged {2}Overview .*\ncreated {4}Training/);
  Object.assign(dashboard, { title: 'Old' });
  const { exitCode, out, errors } = await push(args);
  expect(exitCode).toBe(1);
  expect(out).toMatch(
    /^refused {4}Overview .*\n {4}it was provisioned from overview\.json, which alone can change it\nunchanged {2}Training/,
  );
  expect(errors).toBe('modelmeter-dashboards: Grafana refuses 1 of 2 dashboards');
});

describe('what Grafana refuses is told, with exit status 1', () => {
  const refusals: readonly (readonly [status: number, body: string, path: string, message: string])[] = [
    [
      403,
      '{"message":"Access denied"}',
      '/api/folders',
      'Grafana forbids it (403: Access denied): the token or user needs the role Editor in that folder',
    ],
    [412, '{"message":"name exists"}', '/api/folders', 'Grafana does not make the folder "modelmeter" (412: name exists)'],
    [409, '{"message":"conflict"}', '/api/folders', 'Grafana does not make the folder "modelmeter" (409: conflict)'],
    [412, '{"message":"changed by someone else"}', '/api/dashboards/db', '412: changed by someone else'],
    [
      400,
      '{"message":"Cannot save provisioned dashboard"}',
      '/api/dashboards/db',
      'it was provisioned from a file, which alone can change it',
    ],
    [500, '{"message":"database is locked"}', '/api/dashboards/db', 'failed (500: database is locked)'],
    [502, '<html>Bad gateway</html>', '/api/dashboards/db', 'failed (502: Bad Gateway)'],
    [200, '<html>Welcome</html>', '/api/dashboards/db', 'is not JSON (200 text/html): is --url the address of Grafana'],
  ];
  test.each(refusals)('%i %s of %s', async (status, body, path, message) => {
    const grafana = await withToken();
    grafana.interfere = (request, response) => {
      if (request.method !== 'POST' || request.url !== path) return false;
      response.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html' }).end(body);
      return true;
    };
    const { exitCode, out, errors } = await push(['--url', grafana.url, '--token', TOKEN]);
    expect(exitCode).toBe(1);
    expect(`${out}\n${errors}`).toContain(message);
    expect(errors).not.toMatch(/\n +at /);
  });
});

test('a login that is wrong or missing is told', async () => {
  const grafana = await withToken();
  expect((await push(['--url', grafana.url, '--token', 'other'])).errors).toContain(
    'does not accept the token or the password (401: Invalid API key)',
  );
  expect((await push(['--url', grafana.url])).errors).toContain('wants a login (401): give --token, GRAFANA_TOKEN or --user');
});

test('a server that is no Grafana, is not there or does not answer is told', async () => {
  const grafana = await withToken();
  grafana.interfere = (_request, response) => {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    return true;
  };
  expect((await push(['--url', grafana.url])).errors).toContain(
    'is not the address of a Grafana: its list of folders is none (404: Not Found)',
  );

  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const sockets = new Set<{ destroy(): void }>();
  silent.on('connection', (socket) => sockets.add(socket));
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  expect(await push(['--url', url, '--timeout', '0.2'])).toEqual({
    exitCode: 1,
    out: '',
    errors: `modelmeter-dashboards: Grafana at ${url} did not answer within 0.2 s`,
  });
  sockets.forEach((socket) => socket.destroy());
  silent.close();
  await once(silent, 'close');
  expect((await push(['--url', url])).errors).toMatch(/can't reach Grafana at http:\/\/127\.0\.0\.1:\d+\/: connect ECONNREFUSED/);
});

describe('options are checked before anything is asked', () => {
  test.each([
    [[], '--url is missing'],
    [['--url', 'localhost:3000'], '--url is "localhost:3000", not a URL with http:// or https://'],
    [['--url', 'http://localhost', '--user', 'admin'], '--user has no colon'],
    [['--url', 'http://localhost', '--user', 'a:b', '--token', 'x'], 'not both'],
    [['--url', 'http://a:secret@localhost', '--token', 'x'], 'not both'],
    [['--url', 'http://localhost', '--token', 'a b'], '--token has characters that no token has'],
    [['--url', 'http://localhost', '--timeout', '0'], '--timeout is "0", not a number of seconds above 0'],
    [['--url', 'http://localhost', '--timeout', 'soon'], '--timeout is "soon"'],
  ])('%j', async (args, message) => {
    const { exitCode, errors } = await push(args);
    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
    expect(errors).not.toContain('secret');
  });

  test('and those of the environment are named as such', async () => {
    expect((await push([], { GRAFANA_URL: 'grafana' })).errors).toContain('GRAFANA_URL is "grafana"');
  });
});
