import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

interface Stored {
  dashboard: Record<string, unknown>;
  folderUid: string;
  /** The file that it was provisioned from. */
  provisionedFrom?: string;
}

interface Folder {
  readonly uid: string;
  readonly title: string;
  /** The folder that it lies in. */
  readonly parentUid?: string;
}

/** The parts of Grafana's HTTP API that keep folders and dashboards, as the documentation of 11.6 describes them. */
export interface ScriptedGrafana {
  /** With a slash at the end. */
  readonly url: string;
  readonly folders: Folder[];
  readonly dashboards: Map<string, Stored>;
  /** Method and path of all that was asked. */
  readonly asked: string[];
  /** Answers in place of Grafana where it returns true. */
  interfere: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface ScriptedGrafanaOptions {
  /** @default '/' */
  readonly subPath?: string;
  /** The header `Authorization` that is let in. */
  readonly authorization: string;
}

/** Starts it on 127.0.0.1; it ends with the test. */
export async function scriptedGrafana({ subPath = '/', authorization }: ScriptedGrafanaOptions): Promise<ScriptedGrafana> {
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${subPath}`;
  const grafana: ScriptedGrafana = { url, folders: [], dashboards: new Map(), asked: [], interfere: () => false };
  let ids = 100;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    const path = pathname.slice(subPath.length);
    grafana.asked.push(`${request.method} ${path}`);
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(body));
    };
    if (grafana.interfere(request, response)) return;
    if (!pathname.startsWith(subPath)) return void response.writeHead(302, { location: subPath }).end();
    if (request.headers.authorization !== authorization) return send(401, { message: 'Invalid API key' });

    const [, uid] = /^api\/dashboards\/uid\/(.+)$/.exec(path) ?? [];
    const [, folderUid] = /^api\/folders\/(.+)$/.exec(path) ?? [];
    if (uid !== undefined) return sendDashboard(uid, send);
    if (folderUid !== undefined) {
      const folder = grafana.folders.find((one) => one.uid === folderUid);
      return folder ? send(200, folder) : send(404, { message: 'folder not found' });
    }
    if (path === 'api/folders' && request.method === 'GET') {
      const [limit, page] = [Number(searchParams.get('limit')), Number(searchParams.get('page'))];
      return send(200, grafana.folders.filter(({ parentUid }) => parentUid === undefined).slice(limit * (page - 1), limit * page));
    }
    const body = (await json(request)) as Record<string, unknown>;
    if (path === 'api/folders') {
      const folder = { uid: (body['uid'] as string | undefined) ?? `made-${++ids}`, title: body['title'] as string };
      grafana.folders.push(folder);
      return send(200, folder);
    }
    if (path === 'api/dashboards/db') return saveDashboard(body as unknown as Posted, send);
    send(404, { message: 'Not found' });
  }

  function sendDashboard(uid: string, send: (status: number, body: unknown) => void): void {
    const stored = grafana.dashboards.get(uid);
    if (stored === undefined) return send(404, { message: 'Dashboard not found' });
    const { dashboard, folderUid, provisionedFrom } = stored;
    const folderTitle = grafana.folders.find((folder) => folder.uid === folderUid)?.title ?? 'General';
    const meta = { folderUid, folderTitle, provisioned: provisionedFrom !== undefined, provisionedExternalId: provisionedFrom ?? '' };
    send(200, { meta, dashboard });
  }

  function saveDashboard({ dashboard, folderUid = '', overwrite }: Posted, send: (status: number, body: unknown) => void): void {
    const present = grafana.dashboards.get(dashboard.uid);
    if (folderUid !== '' && !grafana.folders.some(({ uid }) => uid === folderUid)) return send(400, { message: 'folder not found' });
    if (present?.provisionedFrom !== undefined) return send(400, { message: 'Cannot save provisioned dashboard' });
    if (present && overwrite !== true)
      return send(412, { status: 'version-mismatch', message: 'The dashboard has been changed by someone else' });
    const [id, version] = [present?.dashboard['id'] ?? ++ids, Number(present?.dashboard['version'] ?? 0) + 1];
    // Keys come back in another order.
    const sorted = Object.fromEntries(Object.entries({ ...dashboard, id, version }).sort(([a], [b]) => (a < b ? -1 : 1)));
    grafana.dashboards.set(dashboard.uid, { dashboard: sorted, folderUid });
    send(200, { id, uid: dashboard.uid, status: 'success', version });
  }
  return grafana;
}

interface Posted {
  readonly dashboard: Record<string, unknown> & { uid: string };
  readonly folderUid?: string;
  readonly overwrite?: boolean;
}
