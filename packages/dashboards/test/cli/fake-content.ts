import type { Content } from '../../src/cli/content.ts';

const TITLES = { overview: 'Overview', training: 'Training' } as const;

/** Two small dashboards, and two alerts. */
export function fakeContent(): Content {
  return {
    dashboards: () =>
      (['overview', 'training'] as const).map((name) => {
        const title = TITLES[name];
        const uid = `modelmeter-${name}`;
        return { name, uid, title, json: `${JSON.stringify({ uid, title, ...DASHBOARD }, undefined, 2)}\n` };
      }),
    alerts: [
      { name: 'MLTrainingStalled', severity: 'critical', summary: 'A training run makes no steps.', isOffByDefault: false },
      { name: 'MLGpuMemoryHigh', severity: 'warning', summary: 'The memory of a GPU is nearly full.', isOffByDefault: true },
    ],
    prometheusRules: (...options) => `groups: [] # ${JSON.stringify(options)}\n`,
    grafanaRules: (...options) => `apiVersion: 1 # ${JSON.stringify(options)}\n`,
    grafanaContactPoints: () => 'contactPoints: []\n',
    grafanaNotificationPolicy: () => 'policies: []\n',
  };
}

const DASHBOARD = {
  schemaVersion: 39,
  templating: { list: [{ name: 'job', multi: true }] },
  panels: [
    { id: 1, title: 'Loss', type: 'timeseries', targets: [{ refId: 'A', expr: 'ml_training_loss' }] },
    { id: 2, title: 'More', type: 'row', collapsed: true, panels: [{ id: 3, title: 'Runs', type: 'table' }] },
  ],
};
