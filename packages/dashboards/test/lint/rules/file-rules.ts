import type { DashboardSubject } from '../subjects.ts';

// What makes a file that every way of import takes, and every supported version of Grafana reads the same.

export function schemaVersionIs39({ dashboard: { schemaVersion } }: DashboardSubject): string | undefined {
  return schemaVersion === 39 ? undefined : `its schema version is ${String(schemaVersion)}`;
}

export function uidIsStable({ dashboard: { id, uid } }: DashboardSubject): string | undefined {
  if (id != null) return `it has the id ${JSON.stringify(id)}, which belongs to one Grafana`;
  return typeof uid === 'string' && /^[a-zA-Z0-9_-]{8,40}$/.test(uid) ? undefined : `${String(uid)} is no uid`;
}

export function refreshIsSlowEnough({ dashboard: { refresh } }: DashboardSubject): string | undefined {
  const [, count, unit = ''] = (typeof refresh === 'string' && /^(\d+)([smhd])$/.exec(refresh)) || [];
  if (count === undefined) return `refresh is ${JSON.stringify(refresh)}, not a duration`;
  return unit === 's' && Number(count) < 10 ? `it asks every ${count} s, faster than anyone scrapes` : undefined;
}

export function crosshairIsShared({ dashboard: { graphTooltip } }: DashboardSubject): string | undefined {
  return graphTooltip === 1 ? undefined : 'the panels do not share a crosshair';
}

/** Provisioning does not fill in `__inputs`, and import replaces variables of the same name. */
export function hasNoInputs({ dashboard }: DashboardSubject): string | undefined {
  const extra = ['__inputs', '__elements', 'rows', 'gnetId'].find((field) => field in dashboard);
  return extra && `it has ${extra}`;
}

export function isTitledAndTagged({ dashboard: { title, description, tags } }: DashboardSubject): string | undefined {
  if (!title?.startsWith('modelmeter / ')) return `its title is ${String(title)}`;
  if (!tags?.includes('modelmeter')) return 'it lacks the tag modelmeter';
  return description?.endsWith('.') ? undefined : 'it is not described in whole sentences';
}

export function timeIsRelative({ dashboard: { time } }: DashboardSubject): string | undefined {
  return /^now-\d+[mhdw]$/.test(time?.from ?? '') && time?.to === 'now' ? undefined : 'its time range does not end now';
}
