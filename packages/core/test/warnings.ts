import { diag } from '@opentelemetry/api';
import { onTestFinished } from 'vitest';

/** What goes to OpenTelemetry's `diag.warn` from now to the end of the test. */
export function listenToWarnings(): readonly string[] {
  const warnings: string[] = [];
  const ignore = () => {};
  diag.setLogger(
    { error: ignore, warn: (message) => void warnings.push(message), info: ignore, debug: ignore, verbose: ignore },
    { suppressOverrideMessage: true },
  );
  onTestFinished(() => diag.disable());
  return warnings;
}
