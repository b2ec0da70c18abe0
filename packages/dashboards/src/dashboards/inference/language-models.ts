import { genAiMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import type { Panel } from '../../grafana/panel.ts';
import { pieChart } from '../../grafana/single-value.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { text } from '../../grafana/text.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { sum } from '../../promql/aggregate.ts';
import { mean } from '../../promql/mean.ts';
import { occurrences } from '../../promql/occurrences.ts';
import { share } from '../../promql/operators.ts';
import { rate } from '../../promql/over-time.ts';
import { bucketsOf, countOf, sumOf } from '../../promql/select.ts';
import { percentiles } from './percentiles.ts';

const MODEL = ['gen_ai.request.model', 'gen_ai.provider.name'] as const;
const name = legend`${'gen_ai.request.model'} ${'gen_ai.provider.name'}`;
const TOKENS = [...MODEL, 'gen_ai.token.type'] as const;
const tokens = legend`${'gen_ai.request.model'} ${'gen_ai.provider.name'} ${'gen_ai.token.type'}`;
const asked = { min: 0, noValue: 'No language model was asked in this time range' } as const;
const served = { min: 0, noValue: 'No language model was served in this time range' } as const;

const operations = countOf(metric.clientOperationDuration);
const failed = countOf(metric.clientOperationDuration, { 'error.type': { not: '' } });

const client: readonly Panel[] = [
  timeSeries({
    ...asked,
    title: 'Operations',
    description: 'Operations that ended per second, by model and provider, as seen by the program that asks. Failed ones are included.',
    unit: 'reqps',
    targets: [curve(sum(rate(operations), MODEL), name)],
  }),
  timeSeries({
    ...asked,
    title: 'Share of failed operations',
    description:
      'Share of the operations of each model and provider that failed. All models of one provider at once are an outage or a rate limit there: fall back, or ask less often.',
    unit: 'percentunit',
    targets: [curve(share(sum(rate(failed), MODEL), sum(rate(operations), MODEL)), name)],
  }),
  timeSeries({
    ...asked,
    title: 'Operation time',
    description:
      'What half of the operations, one in ten and one in a hundred exceed, until the whole answer was there. It grows with the length of answers: compare with tokens per operation.',
    unit: 's',
    targets: percentiles(bucketsOf(metric.clientOperationDuration), MODEL, name),
  }),
  timeSeries({
    ...asked,
    title: 'Tokens per second',
    description:
      'Tokens of questions (input) and of answers (output) per second. It is what providers count: towards their limits and on their bill.',
    unit: 'short',
    targets: [curve(sum(rate(sumOf(metric.clientTokenUsage)), TOKENS), tokens)],
  }),
  timeSeries({
    ...asked,
    title: 'Tokens per operation',
    description:
      'Mean number of tokens of a question and of its answer. Input that grows from day to day is a prompt or a history that nobody cuts.',
    unit: 'short',
    targets: [curve(mean(metric.clientTokenUsage, TOKENS), tokens)],
  }),
  pieChart({
    ...asked,
    title: 'Tokens of the time range',
    description: 'Which models and directions the tokens of the time range belong to. Output usually costs several times as much as input.',
    unit: 'short',
    targets: [latest(sum(occurrences(sumOf(metric.clientTokenUsage), '$__range'), TOKENS), tokens)],
  }),
  timeSeries({
    ...asked,
    title: 'Time to first chunk',
    description:
      'What half of the streamed answers, one in ten and one in a hundred exceed until their first chunk: what people feel as the answer time.',
    unit: 's',
    width: 12,
    targets: percentiles(bucketsOf(metric.clientTimeToFirstChunk), MODEL, name),
  }),
  timeSeries({
    ...asked,
    title: 'Time between chunks',
    description:
      'What half of the pauses between two chunks of an answer, one in ten and one in a hundred exceed. Long ones are seen as a text that stutters.',
    unit: 's',
    width: 12,
    targets: percentiles(bucketsOf(metric.clientTimePerOutputChunk), MODEL, name),
  }),
];

const server: readonly Panel[] = [
  timeSeries({
    ...served,
    title: 'Served: request time',
    description:
      'What half of the requests, one in ten and one in a hundred exceed at the server, until the last token. What operations take beyond it is the way there and back.',
    unit: 's',
    targets: percentiles(bucketsOf(metric.serverRequestDuration), MODEL, name),
  }),
  timeSeries({
    ...served,
    title: 'Served: time to first token',
    description:
      'What half of the successful answers, one in ten and one in a hundred exceed until their first token. It is waiting and reading the question: it grows with both.',
    unit: 's',
    targets: percentiles(bucketsOf(metric.serverTimeToFirstToken), MODEL, name),
  }),
  timeSeries({
    ...served,
    title: 'Served: time per output token',
    description:
      'Mean time of a token after the first: what half of the answers, one in ten and one in a hundred exceed. It grows when too many are answered at once: limit them, or add a device.',
    unit: 's',
    targets: percentiles(bucketsOf(metric.serverTimePerOutputToken), MODEL, name),
  }),
];

export const languageModels: Row = {
  title: 'Language models',
  isCollapsed: true,
  panels: [
    text({
      title: 'About these panels',
      content:
        'Language models go by the names that OpenTelemetry gives them, those of the requested model and of the provider. Job and instance narrow these panels; **Model and Version do not**.',
    }),
    ...client,
    ...server,
  ],
};
