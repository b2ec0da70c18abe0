import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { expect, test } from 'vitest';
import { TimeSpent } from '../src/time-spent.ts';

test('the growth of each total is told with the time that it took', () => {
  const clock = new FakeClock();
  const spent = new TimeSpent<'a' | 'b'>(clock);
  expect(spent.update({ a: 10, b: 0 })).toBeUndefined();
  clock.advance(4);
  expect(spent.update({ a: 13, b: 0 })).toEqual({ elapsedSeconds: 4, growth: { a: 3, b: 0 } });
  clock.advance(2);
  expect(spent.update({ a: 13, b: 8 })).toEqual({ elapsedSeconds: 2, growth: { a: 0, b: 8 } });
});

test('a reader that comes within a second of another gets the same, and shortens no stretch', () => {
  const clock = new FakeClock();
  const spent = new TimeSpent<'a'>(clock);
  spent.update({ a: 0 });
  clock.advance(0.5);
  expect(spent.update({ a: 100 })).toBeUndefined();
  clock.advance(1.5);
  const told = { elapsedSeconds: 2, growth: { a: 100 } };
  expect(spent.update({ a: 100 })).toEqual(told);
  clock.advance(0.75);
  expect(spent.update({ a: 500 })).toEqual(told);
  clock.advance(0.25);
  expect(spent.update({ a: 600 })).toEqual({ elapsedSeconds: 1, growth: { a: 500 } });
});

test('a total that begins anew has not grown', () => {
  const clock = new FakeClock();
  const spent = new TimeSpent<'a'>(clock);
  spent.update({ a: 50 });
  clock.advance(1);
  expect(spent.update({ a: 2 })?.growth).toEqual({ a: 0 });
});
