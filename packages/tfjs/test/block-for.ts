const nobodyWakesThis = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the event loop, as computing does, but leaves the core to others. */
export function blockFor(milliseconds: number): void {
  Atomics.wait(nobodyWakesThis, 0, 0, milliseconds);
}
