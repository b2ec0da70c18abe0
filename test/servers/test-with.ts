import { spawnSync } from 'node:child_process';
import { type TestAPI, test } from 'vitest';

/**
 * `test` for what needs a program of the operating system. Where the program is missing the tests are skipped with a warning,
 * but in CI (`CI` is set) they run and fail: a missing server must not turn a check off there.
 */
export function testWith(program: string, debianPackage = 'prometheus'): TestAPI | TestAPI['skip'] {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined) return test;
  if (process.env['CI'] !== undefined) return test;
  process.emitWarning(`${program} is not installed: the tests that need it are SKIPPED. On Debian: apt-get install ${debianPackage}`);
  return test.skip;
}

/** The same for what needs several, each of a package of its own. */
export function testWithAll(debianPackages: Readonly<Record<string, string>>): TestAPI | TestAPI['skip'] {
  const tests = Object.entries(debianPackages).map(([program, debianPackage]) => testWith(program, debianPackage));
  return tests.every((one) => one === test) ? test : test.skip;
}
