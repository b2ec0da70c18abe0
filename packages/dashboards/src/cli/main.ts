#!/usr/bin/env node
import { alerts, dashboardFiles, grafanaContactPoints, grafanaNotificationPolicy, grafanaRules, prometheusRules } from '../index.ts';
import { commandsOf } from './commands.ts';
import { runCli } from './run-cli.ts';

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

const content = { dashboards: dashboardFiles, alerts, prometheusRules, grafanaRules, grafanaContactPoints, grafanaNotificationPolicy };
process.exitCode = await runCli(commandsOf(content), process.argv.slice(2), {
  print: (line) => void process.stdout.write(`${line}\n`),
  printError: (line) => void process.stderr.write(`${line}\n`),
  env: process.env,
});
