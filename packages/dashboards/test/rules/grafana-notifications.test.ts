import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { alerts, grafanaContactPoints, grafanaNotificationPolicy } from '../../src/index.ts';

interface Policy {
  readonly receiver: string;
  readonly object_matchers?: readonly (readonly [label: string, operator: string, value: string])[];
  readonly routes?: readonly Policy[];
}

const { contactPoints } = parse(grafanaContactPoints()) as {
  contactPoints: readonly { name: string; receivers: readonly { uid: string; type: string; settings: Record<string, unknown> }[] }[];
};
const { policies } = parse(grafanaNotificationPolicy()) as { policies: readonly Policy[] };

test('contact points are e-mail and Slack, whose secrets the environment has', () => {
  expect(
    contactPoints.flatMap(({ receivers }) => receivers.map(({ type, settings }) => [type, settings['addresses'] ?? settings['url']])),
  ).toEqual([
    ['email', '$ALERT_EMAIL'],
    ['slack', '$SLACK_WEBHOOK_URL'],
  ]);
});

test('nothing else in a contact point has a dollar, which Grafana would take for a variable', () => {
  const settings = contactPoints.flatMap(({ receivers }) => receivers.flatMap(({ settings }) => Object.entries(settings)));
  const texts = settings.filter(([key]) => key !== 'addresses' && key !== 'url').map(([, value]) => String(value));
  expect(texts.filter((text) => text.includes('$'))).toEqual([]);
});

test('the policy knows only contact points that there are', () => {
  const names = contactPoints.map(({ name }) => name);
  const receivers = policies.flatMap(({ receiver, routes = [] }) => [receiver, ...routes.map((route) => route.receiver)]);
  for (const receiver of receivers) expect(names).toContain(receiver);
});

test('every alert has a route of the policy', () => {
  const routes = policies.flatMap(({ routes = [] }) => routes);
  const matches = (labels: Readonly<Record<string, string>>, { object_matchers = [] }: Policy) =>
    object_matchers.every(([label, operator, value]) =>
      operator === '=' ? labels[label] === value : new RegExp(`^(?:${value})$`).test(labels[label] ?? ''),
    );
  for (const { name, severity } of alerts) {
    expect(
      routes.some((route) => matches({ alertname: `${name} (${severity})`, severity }, route)),
      name,
    ).toBe(true);
    expect(
      routes.some((route) => matches({ alertname: name, severity }, route)),
      name,
    ).toBe(true);
  }
});

test('the policy warns that it replaces the one that there is', () => {
  expect(grafanaNotificationPolicy()).toMatch(/^#.*\n# CAREFUL: this REPLACES the whole notification policy/);
});
