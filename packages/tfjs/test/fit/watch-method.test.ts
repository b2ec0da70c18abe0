import { describe, expect, test } from 'vitest';
import { watchMethod } from '../../src/fit/watch-method.ts';

class Model {
  readonly calls: unknown[] = [];
  save(where: string): string {
    this.calls.push(where);
    return `saved ${where}`;
  }
  async evaluate(loss: number): Promise<number> {
    await Promise.resolve();
    if (loss < 0) throw new RangeError('negative');
    return loss;
  }
}

describe('a watched method', () => {
  test('does what it did, and its watcher hears of beginning and end', async () => {
    const model = new Model();
    const heard: unknown[] = [];
    const watch = (args: readonly unknown[], self: unknown) => {
      heard.push(['begins', ...args, self === model]);
      return (returned: unknown) => {
        heard.push(['ends', returned]);
      };
    };
    const undo = [watchMethod(model, 'save', watch), watchMethod(model, 'evaluate', watch)];
    expect(model.save('here')).toBe('saved here');
    expect(await model.evaluate(2)).toBe(2);
    await expect(model.evaluate(-1)).rejects.toThrow('negative');
    for (const one of undo) one();
    model.save('there');
    expect(model.calls).toEqual(['here', 'there']);
    expect(heard).toEqual([
      ['begins', 'here', true],
      ['ends', 'saved here'],
      ['begins', 2, true],
      ['ends', 2],
      ['begins', -1, true],
      ['ends', undefined],
    ]);
  });

  test('is put back when the last watcher leaves, as an own property or as none', () => {
    const inherited = new Model();
    const own = Object.defineProperty(new Model(), 'save', { value: () => 'own', enumerable: true, configurable: true, writable: false });
    for (const model of [inherited, own]) {
      const before = Object.getOwnPropertyDescriptor(model, 'save');
      const [first, second] = [watchMethod(model, 'save', () => {}), watchMethod(model, 'save', () => {})];
      first();
      first();
      expect(Object.getOwnPropertyDescriptor(model, 'save')).not.toEqual(before);
      second();
      expect(Object.getOwnPropertyDescriptor(model, 'save')).toEqual(before);
    }
  });

  test('that somebody else has wrapped since then stays wrapped', () => {
    const model = new Model();
    let heard = 0;
    const undo = watchMethod(model, 'save', () => void heard++);
    const ours = model.save.bind(model);
    model.save = (where) => `${ours(where)} twice`;
    undo();
    expect(Object.hasOwn(model, 'save')).toBe(true);
    expect(model.save('here')).toBe('saved here twice');
    expect(heard).toBe(0);
  });

  test('of an object that takes no properties, or one that is not there, is left alone', () => {
    const frozen = Object.freeze(new Model());
    const undo = [watchMethod(frozen, 'save', () => {}), watchMethod(new Model(), 'load', () => {})];
    expect(frozen.save('here')).toBe('saved here');
    for (const one of undo) one();
    expect(Object.hasOwn(frozen, 'save')).toBe(false);
  });
});
