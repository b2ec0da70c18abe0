import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier.endsWith('-grpc')) throw new Error(`Cannot find package '${specifier}'`);
    return nextResolve(specifier, context);
  },
});

const { startMetrics } = await import('../../src/index.ts');
await startMetrics({ exporters: ['otlp'], otlp: { protocol: 'grpc' } }).catch((error: unknown) =>
  process.stdout.write(`${String(error)}\n`),
);
