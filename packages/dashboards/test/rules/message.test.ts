import { describe, expect, test } from 'vitest';
import { ifAny, message, value } from '../../src/rules/message.ts';

describe('a message', () => {
  test('has labels by their names in Prometheus, and the value by what the template calls it', () => {
    const text = message`${'ml.model.name'} on ${'instance'}: ${value.duration}, ${value.percent}, ${value.whole}, ${value.rounded} of ${3}`;
    expect(text.render({ value: '$value' })).toBe(
      '{{ $labels.ml_model_name }} on {{ $labels.instance }}: {{ $value | humanizeDuration }}, {{ $value | humanizePercentage }}, {{ printf "%.0f" $value }}, {{ printf "%.1f" $value }} of 3',
    );
    expect(text.render({ value: '$values.A.Value' })).toContain('{{ printf "%.0f" $values.A.Value }}');
    expect(text.needs).toEqual(['ml_model_name', 'instance']);
  });

  test('leaves out words about a label that a series may lack', () => {
    const text = message`${'job'}${ifAny(', run ', 'ml.run.id')}`;
    expect(text.render({ value: '$value' })).toBe('{{ $labels.job }}{{ with $labels.ml_run_id }}, run {{ . }}{{ end }}');
    expect(text.needs).toEqual(['job']);
  });
});
