import type { Exception } from '@modelmeter/test-kit/lint';

/** Rules that a dashboard, panel, query, variable or link breaks on purpose. */
export const exceptions: readonly Exception[] = [];
