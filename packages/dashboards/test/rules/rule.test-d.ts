import { trainingMetrics } from '@modelmeter/core';
import { sum } from '../../src/promql/aggregate.ts';
import { above } from '../../src/promql/operators.ts';
import { gauge } from '../../src/promql/select.ts';
import { ifAny, message } from '../../src/rules/message.ts';
import { alert } from '../../src/rules/rule.ts';

const rest = { name: 'ML', severity: 'info', for: '0m', summary: '', dashboard: 'training', panel: '' } as const;
const active = gauge(trainingMetrics.trainingRunActive);

alert({ ...rest, expression: above(active, 0), description: message`${'ml.model.name'} on ${'instance'}${ifAny(' of ', 'job')}` });
// @ts-expect-error a run has no version
alert({ ...rest, expression: above(active, 0), description: message`${'ml.model.version'}` });
// @ts-expect-error nor where it is only spoken of if it is there
alert({ ...rest, expression: above(active, 0), description: message`${ifAny('', 'ml.model.version')}` });
// @ts-expect-error the sum has no instance any more
alert({ ...rest, expression: sum(active, ['job']), description: message`${'instance'}` });
// @ts-expect-error there is no such dashboard
alert({ ...rest, dashboard: 'models', expression: active, description: message`` });
