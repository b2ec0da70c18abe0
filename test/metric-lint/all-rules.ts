import type { AttributeDefinition, MetricDefinition } from '@modelmeter/core';
import * as attributeRules from './attribute-rules.ts';
import * as attributeUseRules from './attribute-use-rules.ts';
import { descriptionIsSentence } from './description-rule.ts';
import type { Rule } from '@modelmeter/test-kit/lint';
import * as nameRules from './name-rules.ts';
import * as unitRules from './unit-rules.ts';

export const allMetricRules: readonly Rule<MetricDefinition>[] = [
  ...Object.values(nameRules),
  ...Object.values(unitRules),
  ...Object.values(attributeUseRules),
  descriptionIsSentence,
];

export const allAttributeRules: readonly Rule<AttributeDefinition>[] = Object.values(attributeRules);
