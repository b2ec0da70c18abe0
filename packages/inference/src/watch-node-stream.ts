import type { ResultWatcher } from './result-watcher.ts';

interface NodeStream {
  emit(event: string | symbol, ...args: unknown[]): boolean;
}

/** Streams of `node:stream` that can be read. */
export function isNodeStream(value: object): value is NodeStream {
  return ['emit', 'pipe', 'read'].every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');
}

/** Tells of the chunks and the end of a stream by its events. No listener is added: one for errors would hide that nobody else has one. */
export function watchNodeStream<S extends NodeStream>(stream: S, watcher: ResultWatcher): S {
  watcher.open?.(stream);
  const emit: unknown = Reflect.get(stream, 'emit');
  Reflect.defineProperty(stream, 'emit', {
    configurable: true,
    writable: true,
    value(this: unknown, event: string | symbol, ...args: unknown[]): unknown {
      // However it is read, `data` tells of each chunk once; `readable` may also tell that the end has come.
      if (event === 'data') watcher.chunk(args[0]);
      else if (event === 'end') watcher.end(undefined);
      else if (event === 'error') watcher.fail(args[0]);
      else if (event === 'close') watcher.leave();
      return Reflect.apply(emit as () => unknown, this, [event, ...args]);
    },
  });
  return stream;
}
