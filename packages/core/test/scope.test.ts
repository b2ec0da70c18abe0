import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { SCOPE_NAME, SCOPE_VERSION } from '../src/scope.ts';

test('the scope has the name of the package and its version, or what will be its first', () => {
  const { name, version } = packageJson;
  expect(SCOPE_NAME).toBe(name);
  expect(SCOPE_VERSION).toBe(version === '0.0.0' ? '0.1.0' : version);
});
