import type { Dashboard } from '../dashboard-json.ts';
import { dashboardLinterFaults } from './dashboard-linter-faults.ts';
import { displayFaults } from './display-faults.ts';
import { fileFaults } from './file-faults.ts';
import { layoutFaults } from './layout-faults.ts';
import { linkFaults } from './link-faults.ts';
import { metricFaults } from './metric-faults.ts';
import { variableFaults } from './variable-faults.ts';

/** What each rule catches: the good dashboard with a fault in it. */
export const plantedFaults: Readonly<Record<string, readonly Dashboard[]>> = {
  ...dashboardLinterFaults,
  ...fileFaults,
  ...layoutFaults,
  ...variableFaults,
  ...linkFaults,
  ...metricFaults,
  ...displayFaults,
};
