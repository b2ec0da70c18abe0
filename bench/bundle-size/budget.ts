/** What a page that measures its fits imports of us. */
export const PAGE = "export { defaultRegistry } from '@modelmeter/core'; export { fitMetrics } from '@modelmeter/tfjs';";

/** A page has it once, whoever brings it. */
export const PEER = '@opentelemetry/api';

/** What it must not exceed, minified and compressed with gzip. */
export const BUDGET_BYTES = 12_000;
