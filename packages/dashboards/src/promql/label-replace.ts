import { call, type Vector } from './vector.ts';

/** Series with one more label, made of another one: what the groups of a regular expression of RE2 matched, as in `$1`. */
export function labelReplace<L extends string, const T extends string>(
  vector: Vector<L>,
  {
    target,
    replacement,
    source,
    regex,
  }: { readonly target: T; readonly replacement: string; readonly source: NoInfer<L>; readonly regex: string },
): Vector<L | T> {
  const [label, text, from, expression] = [target, replacement, source, regex].map((one) => JSON.stringify(one));
  return call([vector], (scope) => `label_replace(${vector.render(scope)}, ${label}, ${text}, ${from}, ${expression})`);
}
