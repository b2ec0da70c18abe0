import type { ResultWatcher } from './result-watcher.ts';
import { isThenable } from './watch-thenable.ts';

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>;

/** Generators and other iterators, and what can be iterated asynchronously. Arrays, maps and strings are no streams. */
export function isIterable(value: object): boolean {
  return Symbol.asyncIterator in value || (Symbol.iterator in value && isIterator(value));
}

function isIterator(value: object): value is AnyIterator {
  return 'next' in value && typeof value.next === 'function';
}

/** Tells of the chunks and the end of a stream, in its own methods: it stays what it is. */
export function watchIterable<S extends object>(stream: S, watcher: ResultWatcher): S {
  watcher.open?.(stream);
  if (isIterator(stream)) watchIterator(stream, watcher);
  else {
    const name = isClientStream(stream) ? 'iterator' : Symbol.asyncIterator;
    const iterate = Reflect.get(stream, name) as () => AsyncIterator<unknown>;
    override(stream, name, function (this: unknown) {
      const iterator = Reflect.apply(iterate, this, []);
      watchIterator(iterator, watcher);
      return iterator;
    });
  }
  return stream;
}

/** Of the clients of OpenAI, Anthropic and others that Stainless generates: some of its methods iterate by this field alone, and all by it in the end. */
function isClientStream(stream: object): boolean {
  return ['iterator', 'tee', 'toReadableStream'].every((name) => typeof Reflect.get(stream, name) === 'function');
}

function watchIterator(iterator: AnyIterator, watcher: ResultWatcher): void {
  const seen = (result: IteratorResult<unknown>) => {
    if (result.done) watcher.end(result.value);
    else watcher.chunk(result.value);
    return result;
  };
  const left = (result: IteratorResult<unknown>) => {
    // A generator may go on yielding in its `finally`.
    if (result.done) watcher.leave();
    return result;
  };
  watchSteps(iterator, 'next', seen, watcher);
  watchSteps(iterator, 'throw', seen, watcher);
  watchSteps(iterator, 'return', left, watcher);
}

type Seen = (result: IteratorResult<unknown>) => IteratorResult<unknown>;

function watchSteps(iterator: AnyIterator, name: 'next' | 'return' | 'throw', seen: Seen, watcher: ResultWatcher): void {
  const original: unknown = iterator[name];
  if (typeof original !== 'function') return;
  override(iterator, name, function (this: unknown, ...args: unknown[]): unknown {
    const failed = (error: unknown): never => {
      watcher.fail(error);
      throw error;
    };
    let result: unknown;
    try {
      result = watcher.within(() => Reflect.apply(original, this, args) as unknown);
    } catch (error) {
      return failed(error);
    }
    if (isThenable(result as object)) return (result as PromiseLike<IteratorResult<unknown>>).then(seen, failed);
    return seen(result as IteratorResult<unknown>);
  });
}

function override(object: object, name: string | symbol, value: unknown): void {
  Reflect.defineProperty(object, name, { configurable: true, enumerable: false, writable: true, value });
}

export function isWebStream(value: object): value is ReadableStream<unknown> {
  return typeof ReadableStream === 'function' && value instanceof ReadableStream;
}

/** A stream that reads the given one as it is read itself: what pipes or sends a web stream does not look at its methods. */
export function watchWebStream<S extends ReadableStream<unknown>>(stream: S, watcher: ResultWatcher): S {
  const reader = stream.getReader();
  const follower = new ReadableStream<unknown>(
    {
      async pull(controller) {
        try {
          const { done, value } = await watcher.within(() => reader.read());
          if (done) {
            watcher.end(undefined);
            controller.close();
          } else {
            watcher.chunk(value);
            controller.enqueue(value);
          }
        } catch (error) {
          watcher.fail(error);
          throw error;
        }
      },
      cancel(reason) {
        watcher.leave();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  watcher.open?.(follower);
  return follower as S;
}
