import { legend } from '../grafana/target.ts';

/** What is scraped, or reports by itself: values of processes are told apart by these. */
export const TARGET = ['job', 'instance'] as const;

export const targetName = legend`${'job'} ${'instance'}`;
