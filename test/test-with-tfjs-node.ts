import { type TestAPI, test } from 'vitest';

/** `test` for what needs tfjs-node. Where it is missing the tests are skipped with a warning; in CI they run and fail. */
export function testWithTfjsNode(): TestAPI | TestAPI['skip'] {
  if (process.env['MODELMETER_TFJS_NODE'] !== undefined || process.env['CI'] !== undefined) return test;
  process.emitWarning(
    'tfjs-node is not there: the tests that need it are SKIPPED. To run them: export MODELMETER_TFJS_NODE="$(.ci/build-tfjs-node)"',
  );
  return test.skip;
}
