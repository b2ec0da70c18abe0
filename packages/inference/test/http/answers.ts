import type { InferenceMetrics } from '@modelmeter/inference';

/** What a request asks a server for. */
export type Kind = 'good' | 'bad' | 'busy' | 'nested' | 'throws' | 'throwsLate' | 'rejects' | 'hangs';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Bodies beyond this are too large for the servers. */
export const MOST_BYTES = 1000;

/** The model behind every server of the tests: what it answers, or throws. */
export function answersOf(metrics: InferenceMetrics | undefined): (kind: Kind) => Answer | Promise<Answer> {
  const classify = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return 7;
  };
  const measured = metrics ? metrics.wrap(classify) : classify;
  return (kind) => {
    switch (kind) {
      case 'good':
        return { status: 200, body: '7' };
      case 'bad':
        return { status: 422, body: 'no picture' };
      case 'busy':
        return { status: 503, body: 'busy' };
      case 'nested':
        return measured().then((digit) => ({ status: 200, body: String(digit) }));
      case 'throws':
        throw new Error('secret of alice');
      case 'throwsLate':
        throw Object.assign(new Error('late'), { name: 'TimeoutError' });
      case 'rejects':
        return Promise.reject(new Error('secret of alice'));
      case 'hangs':
        return new Promise(() => {});
    }
  };
}
