import type { Expectations } from '../compare-values.ts';
import { inference } from './inference.ts';
import { overview } from './overview.ts';
import { resources } from './resources.ts';
import { telemetryHealth } from './telemetry-health.ts';
import { training } from './training.ts';

/** What the numbers on all dashboards have to be, by dashboard, panel and refId. */
export const EXPECTATIONS: Expectations = { ...overview, ...training, ...inference, ...resources, ...telemetryHealth };
