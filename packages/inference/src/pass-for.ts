/** Gives `standIn` the name, length, prototype and all other properties of the function that it stands in for. */
export function passFor<F extends object>(standIn: object, fn: F): F {
  for (const key of Reflect.ownKeys(fn)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(fn, key);
    // False for `arguments` and `caller` of old functions, which each function has of its own.
    if (descriptor) Reflect.defineProperty(standIn, key, descriptor);
  }
  Reflect.setPrototypeOf(standIn, Reflect.getPrototypeOf(fn));
  return standIn as F;
}
