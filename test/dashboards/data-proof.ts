import { setTimeout as sleep } from 'node:timers/promises';
import { startAlertmanager } from '../servers/alertmanager.ts';
import { type Prometheus, startPrometheus } from '../servers/prometheus.ts';
import type { QueryApi } from '../servers/query-api.ts';
import { type SlackSink, startSlackSink } from '../servers/slack-sink.ts';
import { type SmtpSink, startSmtpSink } from '../servers/smtp-sink.ts';
import { startVictoriaMetrics } from '../servers/victoria-metrics.ts';
import type { TimeWindow } from './every-query.ts';
import type { Facts } from './program/facts.ts';
import { type ProofProgram, startProofProgram } from './proof-program.ts';

/** A program that trains and serves, which two stores have scraped for a while. */
export interface DataProof {
  readonly program: ProofProgram;
  readonly prometheus: Prometheus;
  /** By the names of what they are. */
  readonly stores: readonly (readonly [name: string, store: QueryApi])[];
  readonly mail: SmtpSink;
  readonly slack: SlackSink;
  /** What the program knew a while before now. */
  readonly earlier: Facts;
  /** From the last scrape before it began until now. */
  window(): TimeWindow;
  stop(): Promise<void>;
}

const SCRAPE_SECONDS = 1;
const SCRAPED_FOR_SECONDS = 30;
/** What was recorded before is scraped, and VictoriaMetrics finds it. */
const SETTLES_SECONDS = 3;

/** @param rules YAML of rules for Prometheus, whose alerts are sent to the sinks. */
export async function startDataProof(rules: string): Promise<DataProof> {
  const stops: (() => Promise<void>)[] = [];
  const keep = <T extends { stop(): Promise<void> }>(started: T): T => {
    stops.unshift(() => started.stop());
    return started;
  };
  const stop = async () => void (await Promise.all(stops.splice(0).map((one) => one())));
  try {
    const program = keep(await startProofProgram());
    const [mail, slack] = [keep(await startSmtpSink()), keep(await startSlackSink())];
    const alertmanager = keep(await startAlertmanager({ smtp: mail.address, slack: slack.url }));
    const target = { target: program.url, scrapeIntervalSeconds: SCRAPE_SECONDS };
    const [prometheus, victoriaMetrics] = await Promise.all([
      startPrometheus({ ...target, rules, alertmanager: alertmanager.url }).then(keep),
      startVictoriaMetrics(target).then(keep),
    ]);
    await Promise.all([prometheus.scraped(), victoriaMetrics.scraped()]);
    const startSeconds = Date.now() / 1000 - SCRAPE_SECONDS;
    await Promise.all([program.begin(), sleep((SCRAPED_FOR_SECONDS - SETTLES_SECONDS) * 1000)]);
    const earlier = await program.facts();
    await sleep(SETTLES_SECONDS * 1000);
    return {
      program,
      prometheus,
      mail,
      slack,
      earlier,
      stores: [
        ['Prometheus', prometheus],
        ['VictoriaMetrics', victoriaMetrics],
      ],
      window: () => ({ startSeconds, endSeconds: Date.now() / 1000, scrapeSeconds: SCRAPE_SECONDS }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
