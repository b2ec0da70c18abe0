import type { ErrorType } from '../error-types.ts';

const TYPE_BY_STATUS: Readonly<Record<number, ErrorType>> = {
  401: 'rejected',
  403: 'rejected',
  408: 'timeout',
  429: 'rejected',
  499: 'cancelled',
  503: 'rejected',
  504: 'timeout',
};

/** What a status of RFC 9110 says of a request; undefined where it succeeded. */
export function statusErrorType(status: number): ErrorType | undefined {
  if (status < 400) return undefined;
  return TYPE_BY_STATUS[status] ?? (status < 500 ? 'invalid_input' : '_OTHER');
}
