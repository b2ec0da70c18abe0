/** What a metric or attribute must keep: it returns what is wrong, nothing if all is well. */
export type Rule<T> = (subject: T) => string | undefined;

/** A rule that is broken on purpose. */
export interface Exception {
  readonly subject: string;
  /** Name of the rule's function. */
  readonly rule: string;
  readonly reason: string;
}

/** Goes over all subjects with all rules and returns every problem: broken rules, and exceptions that nothing needs or that give no reason. */
export function lint<T>(
  subjects: readonly T[],
  nameOf: (subject: T) => string,
  rules: readonly Rule<T>[],
  exceptions: readonly Exception[],
): string[] {
  const problems: string[] = [];
  const needed = new Set<Exception>();
  for (const subject of subjects) {
    for (const rule of rules) {
      const problem = rule(subject);
      if (problem === undefined) continue;
      const exception = exceptions.find((one) => one.subject === nameOf(subject) && one.rule === rule.name);
      if (exception) needed.add(exception);
      else problems.push(`${nameOf(subject)}: ${problem} (${rule.name})`);
    }
  }
  for (const exception of exceptions) {
    const { subject, rule, reason } = exception;
    if (!needed.has(exception)) problems.push(`${subject}: the exception from ${rule} is not needed any more`);
    if (!reason.endsWith('.')) problems.push(`${subject}: the exception from ${rule} gives no reason`);
  }
  return problems;
}

/** What occurs more than once. */
export function repeated(names: readonly string[]): string[] {
  return names.filter((name, i) => names.indexOf(name) !== i);
}
