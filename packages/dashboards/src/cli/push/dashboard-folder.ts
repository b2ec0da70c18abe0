import { CommandError } from '../command-error.ts';
import type { GrafanaApi } from './grafana-api.ts';

/** A folder of Grafana. */
export interface DashboardFolder {
  readonly uid: string;
  readonly title: string;
}

const PAGE = 1000;
const UID = /^[\w-]{1,40}$/;

/** The folder with that uid, else the one at the top level with that title; undefined where there is none. */
export async function findFolder(api: GrafanaApi, uidOrTitle: string): Promise<DashboardFolder | undefined> {
  const top = await topFolders(api);
  const found = top.find(({ uid }) => uid === uidOrTitle) ?? top.find(({ title }) => title === uidOrTitle);
  if (found !== undefined || !UID.test(uidOrTitle)) return found;
  // A folder inside of others is not in the list.
  const { status, body } = await api.get(`api/folders/${uidOrTitle}`);
  return status === 200 ? (body as DashboardFolder) : undefined;
}

/** Makes a folder at the top level; its uid is its title where that can be one. */
export async function createFolder(api: GrafanaApi, title: string): Promise<DashboardFolder> {
  const { status, body, message } = await api.post('api/folders', { title, ...(UID.test(title) && { uid: title }) });
  if (status >= 400) throw new CommandError(`Grafana does not make the folder ${JSON.stringify(title)} (${status}: ${message})`);
  return body as DashboardFolder;
}

async function topFolders(api: GrafanaApi): Promise<DashboardFolder[]> {
  const folders: DashboardFolder[] = [];
  for (let page = 1; ; page++) {
    const { status, body, message } = await api.get(`api/folders?limit=${PAGE}&page=${page}`);
    if (!Array.isArray(body)) {
      throw new CommandError(`--url is not the address of a Grafana: its list of folders is none (${status}: ${message})`);
    }
    folders.push(...(body as DashboardFolder[]));
    if (body.length < PAGE) return folders;
  }
}
