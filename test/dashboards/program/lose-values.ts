import { closedAttribute, defineMetric, openAttribute, type Registry } from '@modelmeter/core';
import { BROKEN_COLLECTOR } from './facts.ts';

const phase = closedAttribute({ key: 'game.phase', values: ['play', 'learn'] });
const player = openAttribute({ key: 'game.player', limit: 2 });
const seat = openAttribute({ key: 'game.seat' });

/** Metrics of the program's own, so that those of the models stay true. */
const played = defineMetric({
  name: 'game.played',
  instrument: 'counter',
  unit: '{game}',
  description: 'Games played against itself.',
  attributes: [phase, player],
  stability: 'development',
});
const taken = defineMetric({
  name: 'game.seat.taken',
  instrument: 'gauge',
  unit: '',
  description: 'Whether somebody sits there.',
  attributes: [seat],
  stability: 'development',
});

/** Has values dropped for each reason that there is, once now and once whenever it is called again. @returns the function, and what it has done. */
export function valueLoser(registry: Registry, maxSeries: number) {
  const lost = { non_finite: 0, negative: 0, attribute_limit: 0, series_limit: 0, collect_error: 0 };
  registry.onCollect(BROKEN_COLLECTOR, () => {
    lost.collect_error++;
    throw new Error('a collector that fails');
  });
  const games = (name: string) => registry.bind(played, { [phase.key]: 'play', [player.key]: name });
  const count = games('a');
  let seats = 0;
  for (; seats < maxSeries - 1; seats++) registry.bind(taken, { [seat.key]: String(seats) }).set(1);
  games('b');
  return {
    lost,
    lose() {
      count.add(NaN);
      count.add(-1);
      games(`c${lost.attribute_limit}`);
      registry.bind(taken, { [seat.key]: String(seats++) });
      for (const reason of ['non_finite', 'negative', 'attribute_limit', 'series_limit'] as const) lost[reason]++;
    },
  };
}
