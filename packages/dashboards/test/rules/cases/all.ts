import type { RuleCase } from '../rule-case.ts';
import { budgetCases } from './budget-cases.ts';
import { inferenceCases } from './inference-cases.ts';
import { learningCases } from './learning-cases.ts';
import { resourceCases } from './resource-cases.ts';
import { telemetryCases } from './telemetry-cases.ts';
import { trainingRunCases } from './training-run-cases.ts';
import { trainingSpeedCases } from './training-speed-cases.ts';

export const allCases: readonly RuleCase[] = [
  ...trainingRunCases,
  ...learningCases,
  ...trainingSpeedCases,
  ...inferenceCases,
  ...budgetCases,
  ...resourceCases,
  ...telemetryCases,
];
