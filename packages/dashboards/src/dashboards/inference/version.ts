/** What most panels tell apart: a new version is compared with the one before it. */
export const VERSION = ['ml.model.name', 'ml.model.version'] as const;
