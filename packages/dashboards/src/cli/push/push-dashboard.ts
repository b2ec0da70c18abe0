import type { Content } from '../content.ts';
import { type Dashboard, dashboardDifferences } from './dashboard-differences.ts';
import type { DashboardFolder } from './dashboard-folder.ts';
import type { GrafanaApi } from './grafana-api.ts';

/** What became of a dashboard, or would. */
export type Outcome =
  | { readonly kind: 'created' | 'unchanged' }
  | { readonly kind: 'changed'; readonly differences: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

interface Stored {
  readonly dashboard: Dashboard;
  readonly meta: {
    readonly folderUid?: string;
    readonly folderTitle?: string;
    readonly provisioned?: boolean;
    readonly provisionedExternalId?: string;
  };
}

/**
 * Brings one dashboard into a folder unless it is there already.
 * @param folder undefined: one that does not exist yet, of which a dry run only tells.
 */
export async function pushDashboard(
  api: GrafanaApi,
  { uid, json }: Pick<ReturnType<Content['dashboards']>[number], 'uid' | 'json'>,
  { folder, dryRun }: { folder: DashboardFolder | undefined; dryRun: boolean },
): Promise<Outcome> {
  const wanted = JSON.parse(json) as Dashboard;
  const answer = await api.get(`api/dashboards/uid/${uid}`);
  if (answer.status !== 200 && answer.status !== 404) return { kind: 'refused', reason: `${answer.status}: ${answer.message}` };
  const present = answer.status === 200 ? (answer.body as Stored) : undefined;
  const isProvisioned = present?.meta.provisioned === true;
  const differences = present === undefined ? [] : dashboardDifferences(present.dashboard, wanted);
  // Where a provisioned one lies is not ours to say.
  if (present !== undefined && !isProvisioned) differences.push(...moves(present, folder));
  if (present !== undefined && differences.length === 0) return { kind: 'unchanged' };
  if (isProvisioned) return { kind: 'refused', reason: provisionedFrom(present.meta.provisionedExternalId) };
  if (!dryRun) {
    const reason = await save(api, wanted, folder);
    if (reason !== undefined) return { kind: 'refused', reason };
  }
  return present === undefined ? { kind: 'created' } : { kind: 'changed', differences };
}

function moves({ meta }: Stored, folder: DashboardFolder | undefined): string[] {
  if (folder !== undefined && (meta.folderUid ?? '') === folder.uid) return [];
  return [`folder: it is in ${JSON.stringify(meta.folderTitle ?? '')}`];
}

/** @returns why Grafana refuses. */
async function save(api: GrafanaApi, dashboard: Dashboard, folder: DashboardFolder | undefined): Promise<string | undefined> {
  const body = { dashboard: { ...dashboard, id: null }, folderUid: folder?.uid, message: 'modelmeter-dashboards push', overwrite: true };
  const { status, message } = await api.post('api/dashboards/db', body);
  if (status < 400) return undefined;
  if (message.includes('provisioned')) return provisionedFrom(undefined);
  return `${status}: ${message}`;
}

function provisionedFrom(file: string | undefined): string {
  return `it was provisioned from ${file ?? 'a file'}, which alone can change it`;
}
