import { diag } from '@opentelemetry/api';
import type { IMetricReader } from '@opentelemetry/sdk-metrics';

/** Has every reader export what there is; false where one took longer than allowed or failed. Never rejects. */
export async function flushReaders(readers: readonly IMetricReader[], timeoutMillis: number): Promise<boolean> {
  const results = await Promise.allSettled(readers.map((reader) => reader.forceFlush({ timeoutMillis })));
  for (const result of results) if (result.status === 'rejected') diag.warn('modelmeter: the last values were not exported', result.reason);
  return results.every(({ status }) => status === 'fulfilled');
}
