import { diag, DiagLogLevel } from '@opentelemetry/api';
import { afterEach, beforeEach } from 'vitest';

/** Collects what is warned of through the OpenTelemetry API during each test of a file. */
export function diagWarnings(): string[] {
  const warnings: string[] = [];
  const ignore = () => {};
  beforeEach(() => {
    warnings.length = 0;
    const warn = (...parts: unknown[]) => void warnings.push(parts.map(String).join(' '));
    diag.setLogger({ warn, error: ignore, info: ignore, debug: ignore, verbose: ignore }, { logLevel: DiagLogLevel.WARN });
  });
  afterEach(() => diag.disable());
  return warnings;
}
