import type { Exception } from '@modelmeter/test-kit/lint';

/** Rules that a metric breaks on purpose. */
export const metricExceptions: readonly Exception[] = [
  {
    subject: 'process.unix.file_descriptor.count',
    rule: 'nameEndsAsNoLine',
    reason: 'It is the name of the semantic conventions, and there is no histogram process.unix.file_descriptor.',
  },
];

/** Rules that an attribute breaks on purpose. */
export const attributeExceptions: readonly Exception[] = [
  {
    subject: 'ml.run.id',
    rule: 'valuesAreLimited',
    reason: 'Live runs and the last ended ones are what limits it: the series of the others have left the registry.',
  },
  {
    subject: 'ml.model.method',
    rule: 'valuesAreLowerCase',
    reason: 'Its values are names of methods, which people look for as they are written.',
  },
  {
    subject: 'reason',
    rule: 'keyIsNamespaced',
    reason: 'It is on modelmeter.dropped alone, which is a namespace of its own.',
  },
  {
    subject: 'collector',
    rule: 'keyIsNamespaced',
    reason: 'It is on modelmeter.collector.up alone, which is a namespace of its own.',
  },
];
