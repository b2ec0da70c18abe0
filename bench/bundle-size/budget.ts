/** What a page that measures its fits imports of us. */
export const PAGE = "export { defaultRegistry } from '@modelmeter/core'; export { fitMetrics } from '@modelmeter/tfjs';";

/** A page has it once, whoever brings it. */
export const PEER = '@opentelemetry/api';

/** What it is to come down to, compressed with gzip. */
export const GOAL_BYTES = 12_000;

/** What it must not exceed until then. */
export const BUDGET_BYTES = 12_800;
