/** The instrumentation scope of every metric: this package. */
export const SCOPE_NAME = '@modelmeter/core';
export const SCOPE_VERSION = '0.1.0';
