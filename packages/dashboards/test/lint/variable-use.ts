const USE = /\$\{(\w+)(?:\.\w+)?(?::[\w-]+)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/g;

/** Names of the variables that a text uses, without Grafana's own, which begin with two underscores. */
export function variablesUsed(text: string): string[] {
  return [...text.matchAll(USE)]
    .map(([, braced, plain, bracketed]) => braced ?? plain ?? bracketed ?? '')
    .filter((name) => !name.startsWith('__') && !/^\d+$/.test(name));
}
