import type { Dashboard } from '../dashboard-json.ts';
import { top, without } from '../edits.ts';

export const fileFaults: Readonly<Record<string, readonly Dashboard[]>> = {
  schemaVersionIs39: [top({ schemaVersion: 42 }), top({ schemaVersion: '39' })],
  uidIsStable: [top({ id: 1 }), without('uid'), top({ uid: 'short' }), top({ uid: 'has a space in it' }), top({ uid: 'x'.repeat(41) })],
  refreshIsSlowEnough: [without('refresh'), ...[false, 30, '', '5s', 'auto'].map((refresh) => top({ refresh }))],
  crosshairIsShared: [top({ graphTooltip: 0 }), without('graphTooltip')],
  hasNoInputs: [top({ __inputs: [] }), top({ rows: [] })],
  isTitledAndTagged: [top({ title: 'Training' }), top({ tags: [] }), top({ description: 'Training' }), without('description')],
  timeIsRelative: [without('time'), top({ time: { from: '2026-01-01', to: 'now' } }), top({ time: { from: 'now-1h', to: 'now-5m' } })],
};
