/** A new run id: the moment the run began, to the second, and four random digits, such as `2026-11-25T07:13:05Z-3f9a`. */
export function newRunId(unixSeconds: number): string {
  const moment = new Date(unixSeconds * 1000).toISOString().slice(0, 19);
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  return `${moment}Z-${random.toString(16).padStart(4, '0')}`;
}
