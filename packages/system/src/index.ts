export type { ResourceOptions } from './resource-options.ts';
export { reportResources } from './report-resources.ts';
