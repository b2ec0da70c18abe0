import { EngineCalls } from './engine-calls.ts';
import { tensorsIn, type TfOfModels } from './tf-of-models.ts';

/** What is used of tfjs's engine beyond its documented members (tfjs-core 4.22, engine.ts); where it is missing, nothing is counted. */
interface EngineLike {
  readonly state?: { readonly activeScope?: unknown };
  readonly constructor: { readonly nextTensorId?: unknown };
}

/**
 * Counts the tensors that a call leaves behind beyond those that it returns, and nothing else:
 *
 * - inside a user's `tidy` what a call leaves is disposed of later, so nothing is counted there;
 * - nor in a call in which a model makes tensors that it keeps;
 * - what goes on while an asynchronous call is under way cannot be told apart from it. So nothing is counted where another call of a measured model
 *   overlaps it, or where the code that called it goes on to make tensors before it awaits anything.
 */
export class CallTensors {
  readonly #tf: TfOfModels;
  readonly #engine: EngineLike;
  readonly #calls: EngineCalls;
  readonly #before: number;
  readonly #firstNewId: unknown;
  readonly #isAsynchronous: boolean;
  #isKnown: boolean;
  #number = 0;
  #idAtReturn: unknown;

  /**
   * @param isAsynchronous whether the method is one that returns a promise.
   * @param keepsTensors whether the model keeps tensors that this call makes, as its own.
   */
  constructor(tf: TfOfModels, isAsynchronous: boolean, keepsTensors: boolean) {
    this.#tf = tf;
    this.#engine = tf.engine() as EngineLike;
    this.#calls = EngineCalls.of(this.#engine);
    this.#isAsynchronous = isAsynchronous;
    this.#firstNewId = this.#nextId();
    this.#before = this.#count();
    const isInTidy = this.#engine.state === undefined || this.#engine.state.activeScope != null;
    const overlapsEarlier = isAsynchronous && this.#calls.inFlight > 0;
    this.#isKnown = typeof this.#firstNewId === 'number' && !isInTidy && !overlapsEarlier && !keepsTensors;
  }

  /** The call begins now. It is to be ended, however it ends. */
  begin(): void {
    this.#number = ++this.#calls.begun;
    this.#calls.inFlight++;
    // Comes after all that the calling code does at once, and before the call goes on.
    if (this.#isAsynchronous && this.#isKnown) queueMicrotask(() => this.#onCallerDone());
  }

  /** The method has returned, a promise perhaps. */
  onReturned(result: unknown): void {
    if (this.#isAsynchronous) this.#idAtReturn = this.#nextId();
    else if (result instanceof Promise) this.#isKnown = false;
  }

  end(): void {
    this.#calls.inFlight--;
  }

  /** How many tensors are left that were not there before, without those in `returned`; 0 where nobody can tell. */
  leftBeyond(returned: unknown): number {
    if (!this.#isKnown || (this.#isAsynchronous && this.#calls.begun !== this.#number)) return 0;
    const added = this.#count() - this.#before;
    // A model may return what it was given, or one of its weights.
    return added <= 0 ? 0 : added - tensorsIn(returned).filter(({ id }) => id >= (this.#firstNewId as number)).length;
  }

  #onCallerDone(): void {
    if (this.#nextId() !== this.#idAtReturn) this.#isKnown = false;
  }

  #count(): number {
    return this.#tf.memory().numTensors - this.#calls.held;
  }

  #nextId(): unknown {
    return this.#engine.constructor.nextTensorId;
  }
}
