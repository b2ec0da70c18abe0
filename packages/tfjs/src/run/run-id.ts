/** A new run id: the moment the run began, to the second, and four random digits, such as `2026-11-25T07:13:05Z-3f9a`. */
export function newRunId(unixSeconds: number): string {
  const moment = new Date(unixSeconds * 1000).toISOString().slice(0, 19);
  return `${moment}Z-${Math.random().toString(16).slice(2, 6)}`;
}
