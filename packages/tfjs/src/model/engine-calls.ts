const callsByEngine = new WeakMap<object, EngineCalls>();

/** The calls of measured models on one engine, whichever model, copy of tfjs or registry they are of. */
export class EngineCalls {
  /** How many have begun. */
  begun = 0;
  /** How many have begun and are not over. */
  inFlight = 0;
  /** Tensors that we hold ourselves. */
  held = 0;

  static of(engine: object): EngineCalls {
    let calls = callsByEngine.get(engine);
    if (!calls) callsByEngine.set(engine, (calls = new EngineCalls()));
    return calls;
  }
}
