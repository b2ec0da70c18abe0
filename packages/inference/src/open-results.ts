/** A request whose result goes on by itself. */
export interface OpenRequest {
  readonly isOver: boolean;
  /** Seconds since it last moved. */
  readonly quietSeconds: number;
  readonly timeoutSeconds: number;
  abandon(type: 'cancelled' | 'timeout'): void;
}

const LOOK_EVERY_MILLISECONDS = 1000;

const open = new Set<OpenRequest>();
let timer: ReturnType<typeof setInterval> | undefined;
// The request does not hold its result, so that this is called.
const collected = new FinalizationRegistry<OpenRequest>((request) => request.abandon('cancelled'));

/** Ends a request whose result nobody can read any more, because it was collected, or which has stood still for too long. */
export function endWhenAbandoned(result: object, request: OpenRequest): void {
  open.add(request);
  collected.register(result, request);
  if (timer !== undefined) return;
  timer = setInterval(lookForAbandoned, LOOK_EVERY_MILLISECONDS);
  // Browsers have numbers.
  if (typeof timer === 'object') timer.unref();
}

function lookForAbandoned(): void {
  for (const request of open) {
    if (!request.isOver && request.quietSeconds > request.timeoutSeconds) request.abandon('timeout');
    if (request.isOver) open.delete(request);
  }
  if (open.size > 0) return;
  clearInterval(timer);
  timer = undefined;
}
