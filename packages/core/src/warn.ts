import { diag } from '@opentelemetry/api';

export function warn(message: string, ...details: unknown[]): void {
  diag.warn(`modelmeter: ${message}`, ...details);
}
