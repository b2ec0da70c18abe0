import { describe, expect, test } from 'vitest';
import { type InstrumentKind, prometheusLabel, prometheusName, prometheusUnit } from '../src/index.ts';

describe('the Prometheus name of a metric', () => {
  test.each<[name: string, unit: string, instrument: InstrumentKind, expected: string]>([
    // The naming rules of house and catalogue.
    ['ml.training.step.duration', 's', 'histogram', 'ml_training_step_duration_seconds'],
    ['ml.inference.requests', '{request}', 'counter', 'ml_inference_requests_total'],
    ['ml.training.accuracy', '1', 'gauge', 'ml_training_accuracy_ratio'],
    ['ml.training.loss', '', 'gauge', 'ml_training_loss'],
    ['ml.training.epochs_without_improvement', '{epoch}', 'gauge', 'ml_training_epochs_without_improvement'],
    ['ml.training.time', 's', 'counter', 'ml_training_time_seconds_total'],
    ['tfjs.memory.usage', 'By', 'updowncounter', 'tfjs_memory_usage_bytes'],
    ['hw.temperature', 'Cel', 'gauge', 'hw_temperature_celsius'],
    ['hw.power', 'W', 'gauge', 'hw_power_watts'],
    ['hw.energy', 'J', 'counter', 'hw_energy_joules_total'],
    ['system.cpu.utilization', '1', 'gauge', 'system_cpu_utilization_ratio'],
    // Unit 1 says something on a gauge alone.
    ['items', '1', 'counter', 'items_total'],
    ['items', '1', 'updowncounter', 'items'],
    ['items', '1', 'histogram', 'items'],
    // What the name says already is not said again, nor anywhere but at the end.
    ['response_time_seconds', 's', 'gauge', 'response_time_seconds'],
    ['ml.fd.step.duration.seconds', 's', 'histogram', 'ml_fd_step_duration_seconds'],
    ['cpu_seconds_total', 's', 'counter', 'cpu_seconds_total'],
    ['ml.total.bytes', 'By', 'counter', 'ml_bytes_total'],
    ['ratio_of_hits', '1', 'gauge', 'of_hits_ratio'],
    ['requests_total', '', 'gauge', 'requests_total'],
    // Rates, annotations and units that Prometheus has no word for.
    ['requests', '1/s', 'counter', 'requests_per_second_total'],
    ['throughput', 'By/s', 'gauge', 'throughput_bytes_per_second'],
    ['ml_net_bytes_per_second', 'By/s', 'gauge', 'ml_net_bytes_per_second_per_second'],
    ['speed', 'km/h', 'gauge', 'speed_km_per_hour'],
    ['memory', 'By/{custom}', 'gauge', 'memory_bytes'],
    ['memory', '{custom}By', 'gauge', 'memory'],
    ['metric', 'custom_unit', 'gauge', 'metric_custom_unit'],
    ['metric', 'a@with#b/chars', 'gauge', 'metric_a_with_b_per_chars'],
    ['metric', 'a/b/c', 'gauge', 'metric_a_per_b_c'],
    ['metric', '[degF]', 'gauge', 'metric_degF_'],
    ['metric', '%', 'gauge', 'metric_percent'],
    ['metric', 'By/%', 'gauge', 'metric_bytes'],
    // Characters that Prometheus does not know.
    ['metric@with#special$chars', '', 'gauge', 'metric_with_special_chars'],
    ['metric__with___underscores_', '', 'gauge', 'metric_with_underscores'],
    ['1st.metric', '', 'gauge', '_1st_metric'],
  ])('of %s in %o, a %s, is as the OTLP translation has it', (name, unit, instrument, expected) => {
    expect(prometheusName({ name, unit, instrument })).toBe(expected);
  });
});

test.each([
  ['ml.model.name', 'ml_model_name'],
  ['a..b__c', 'a_b_c'],
  ['1st', 'key_1st'],
  ['_private', '_private'],
  ['__name__', '__name__'],
  ['__a..b__', '__a_b__'],
  ['käse.ü', 'k_se_'],
])('the label of the attribute key %s is %s', (key, label) => {
  expect(prometheusLabel(key)).toBe(label);
});

test.each([
  ['s', 'seconds'],
  ['By', 'bytes'],
  ['By/s', 'bytes_per_second'],
  ['1/s', 'per_second'],
  ['[degF]', 'degF'],
  ['1', undefined],
  ['', undefined],
  ['{run}', undefined],
])('Prometheus calls the unit %o %s', (unit, word) => {
  expect(prometheusUnit(unit)).toBe(word);
});
