import { firingAlerts } from '../../foreign-metrics.ts';
import type { Row } from '../../grafana/layout.ts';
import { stateTimeline } from '../../grafana/state-timeline.ts';
import { table } from '../../grafana/table.ts';
import { curve, legend } from '../../grafana/target.ts';
import { max } from '../../promql/aggregate.ts';
import { gauge } from '../../promql/select.ts';

const ALERT = ['alertname', 'severity'] as const;
const firing = gauge(firingAlerts, { alertstate: 'firing', alertname: { matches: 'ML.+' } });

export const alerts: Row = {
  title: 'Alerts',
  panels: [
    table({
      title: 'Alerts that fire',
      description:
        'Alerts of the shipped rules that fire now. It is empty as well where Prometheus has not loaded the rules; alerts that Grafana itself evaluates are on its alerting page.',
      width: 12,
      noValue: 'None fires, or the rules are not loaded',
      labels: { alertname: 'Alert', severity: 'Severity', 'ml.model.name': 'Model', job: 'Job', instance: 'Instance' },
      columns: [{ title: 'Firing', query: max(firing, [...ALERT, 'ml.model.name', 'job', 'instance']), unit: 'none', isHidden: true }],
    }),
    stateTimeline({
      title: 'When alerts fired',
      description: 'When each alert of the shipped rules fired, of whatever model. Compare with the releases and the runs of that time.',
      unit: 'none',
      width: 12,
      height: 8,
      noValue: 'None fired, or the rules are not loaded',
      texts: { '1': { text: 'Firing', color: 'red' } },
      targets: [curve(max(firing, ALERT), legend`${'alertname'} ${'severity'}`)],
    }),
  ],
};
