import { alerts, dashboardFiles, grafanaRules, prometheusRules } from '@modelmeter/dashboards';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { textOfMail } from '../servers/smtp-sink.ts';
import { testWithAll } from '../servers/test-with.ts';
import { strayExpectations, wrongNumbers } from './compare-values.ts';
import type { DashboardModel } from './dashboard-model.ts';
import { type DataProof, startDataProof } from './data-proof.ts';
import { type Failure, failuresOf } from './every-query.ts';
import { EXCEPTIONS, unexcused } from './exceptions.ts';
import { EXPECTATIONS } from './expected/all.ts';
import { TOTALS } from './expected/totals.ts';
import { one } from './expected-values.ts';
import { annotationsOf, filledIn, grafanaRulesOf, ruleProblems, rulesOf } from './rules.ts';
import { PLANTED, PLANTED_PROBLEMS } from './planted-dashboard.ts';

const proofTest = testWithAll({
  prometheus: 'prometheus',
  'victoria-metrics': 'victoria-metrics',
  'prometheus-alertmanager': 'prometheus-alertmanager',
});
/** With a rule that is off by default. */
const THRESHOLDS = { gpuIdleRatio: 0.1 };
const RULES = prometheusRules(THRESHOLDS);
const dashboards = dashboardFiles().map(({ json }) => JSON.parse(json) as DashboardModel);

describe('dashboards on a program that trains and serves', { timeout: 60_000 }, () => {
  let proof: DataProof;
  beforeAll(async () => {
    proof = await startDataProof(RULES);
  }, 90_000);
  afterAll(() => proof?.stop());

  const failuresOn = async (models: readonly DashboardModel[]): Promise<Failure[]> => {
    const failures: Failure[] = [];
    for (const [name, store] of proof.stores) {
      for (const dashboard of models) failures.push(...(await failuresOf(name, store, dashboard, proof.window())));
    }
    return failures;
  };

  proofTest('a query with an error, with nothing and with NaN alone is caught, wherever it stands', async () => {
    const failures = await failuresOn([PLANTED]);
    for (const [name] of proof.stores) {
      const found = failures.filter(({ store }) => store === name).map(({ place, problem }) => [place, problem]);
      expect(Object.fromEntries(found), name).toEqual(PLANTED_PROBLEMS);
    }
  });

  proofTest('every query of every panel, variable and annotation gives data, on both stores', async () => {
    expect(unexcused(await failuresOn(dashboards), EXCEPTIONS)).toEqual([]);
  });

  proofTest('every number of a stat, gauge, pie or table is what the program knows', async () => {
    const window = proof.window();
    const known = { earlier: proof.earlier, later: await proof.program.facts(), window };
    const wrong: string[] = [];
    for (const [name, store] of proof.stores) {
      for (const dashboard of dashboards) wrong.push(...(await wrongNumbers(name, store, dashboard, EXPECTATIONS, known)));
    }
    expect(wrong).toEqual([]);
  });

  proofTest('a number that is wrong, and one of which nobody says what it should be, is caught', async () => {
    const targets = ['A', 'B', 'C'].map((refId) => ({ refId, expr: 'count(up)' }));
    const planted = { ...PLANTED, panels: [{ type: 'stat', title: 'number', targets }] };
    const expectations = { 'planted / number (stat) / A': one(() => 1), 'planted / number (stat) / B': one(() => 2) };
    const known = { earlier: proof.earlier, later: proof.earlier, window: proof.window() };
    for (const [name, store] of proof.stores) {
      expect(await wrongNumbers(name, store, planted, expectations, known)).toEqual([
        `planted / number (stat) / B on ${name}: it is 1, not 2: count(up)`,
        'planted / number (stat) / C: nobody says what it should be: count(up)',
      ]);
    }
    expect(strayExpectations(expectations, dashboards)).toEqual(Object.keys(expectations));
  });

  proofTest('totals of what is shown as curves alone are what the program knows', async () => {
    const known = { earlier: proof.earlier, later: await proof.program.facts(), window: proof.window() };
    for (const [name, store] of proof.stores) {
      for (const [expression, comparison] of TOTALS) {
        expect(comparison.compare(await store.query(expression), known), `${expression} on ${name}`).toEqual([]);
      }
    }
  });

  proofTest('nothing is expected of what is on no dashboard', () => {
    expect(strayExpectations(EXPECTATIONS, dashboards)).toEqual([]);
  });

  proofTest('every rule, of Prometheus and of Grafana, is evaluated on both stores, and reads metrics that are there', async () => {
    const rules = [...rulesOf(RULES), ...grafanaRulesOf(grafanaRules(THRESHOLDS))];
    expect(new Set(rules.map(({ alert }) => alert))).toEqual(new Set([undefined, ...alerts.map(({ name }) => name)]));
    const problems = proof.stores.map(([name, store]) => ruleProblems(name, store, rules, name === 'Prometheus'));
    expect((await Promise.all(problems)).flat()).toEqual([]);
  });

  proofTest('a rule with an error, and one that reads what is not there, is caught', async () => {
    const rules = [
      { alert: 'Good', expr: 'up == 0' },
      { alert: 'Bad', expr: 'up ==' },
      { record: 'a:b', expr: 'sum(ml_training_typo) / sum(up)' },
    ];
    for (const [name, store] of proof.stores) {
      const problems = await ruleProblems(name, store, rules, true);
      expect(problems).toEqual([
        expect.stringContaining(`Bad on ${name}: ${name} refuses up ==`),
        `a:b on ${name}: there is no ml_training_typo: sum(ml_training_typo) / sum(up)`,
      ]);
    }
  });

  proofTest.each(['MLTrainingNonFinite', 'MLTrainingRunFailed'])('%s arrives as a mail and as a message', async (name) => {
    const { summary = '', description = '', runbook_url: runbook = '' } = annotationsOf(RULES, name);
    const mail = textOfMail(proof.mail.mails.find((one) => one.includes(`Subject: [FIRING:1] ${name}`)) ?? '');
    const message = proof.slack.messages.find(({ attachments: [attachment] = [] }) => attachment?.title?.startsWith(name));
    const { title, text } = message?.attachments?.[0] ?? {};
    expect(message?.channel).toBe('#models');
    expect(title).toBe(`${name}: ${summary}`);
    expect(mail).toContain(summary);
    for (const arrived of [text, mail]) {
      expect(arrived).toMatch(filledIn(description));
      expect(arrived).toContain(runbook);
    }
  });
});
