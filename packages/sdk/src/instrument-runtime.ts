import { setImmediate as nextTurn } from 'node:timers/promises';
import { createNoopMeter, diag, type MeterProvider } from '@opentelemetry/api';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';

/** More than `reportResources` spreads its set-up over: two pieces in one turn would block twice as long. */
const TURNS_BEFORE = 40;

/** Has event loop, garbage collection and heap measured soon. What sets it up takes a millisecond for each step, so each has a turn of its own. @returns ends it. */
export function instrumentRuntime(meterProvider: MeterProvider): () => void {
  let runtime: RuntimeNodeInstrumentation | undefined;
  let isOver = false;
  const steps = [
    () => (runtime = new RuntimeNodeInstrumentation({ enabled: false })),
    // Has the code compiled that the next step runs.
    () => runtime?.setMeterProvider({ getMeter: createNoopMeter }),
    () => runtime?.setMeterProvider(meterProvider),
    () => runtime?.enable(),
  ];
  const setUp = async () => {
    for (let turn = 0; turn < TURNS_BEFORE; turn++) await nextTurn();
    for (const step of steps) {
      await nextTurn();
      if (isOver) return;
      step();
    }
  };
  setUp().catch((error: unknown) => diag.warn('modelmeter: event loop, garbage collection and heap are not measured', error));
  return () => {
    isOver = true;
    runtime?.disable();
  };
}
