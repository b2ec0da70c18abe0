import { describe, expect, test } from 'vitest';
import { acceptedFormat, acceptsGzip } from '../../src/prometheus/content-negotiation.ts';

// What the versions of Prometheus send.
const PROMETHEUS_2 =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const PROMETHEUS_3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';
const PROMETHEUS_WITH_PROTOBUF = `application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.9,${PROMETHEUS_3}`;
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

describe('OpenMetrics goes to who', () => {
  test.for([
    PROMETHEUS_2,
    PROMETHEUS_3,
    PROMETHEUS_WITH_PROTOBUF,
    'application/openmetrics-text',
    'Application/OpenMetrics-Text; Version="1.0.0"; charset=utf-8',
    'text/plain;q=0.4, application/openmetrics-text;q=0.5',
    'application/openmetrics-text;version=1.0.0, text/plain;version=0.0.4',
    'text/plain;q=0, application/openmetrics-text;q=0.001',
  ])('asks for %s', (accept) => {
    expect(acceptedFormat(accept)).toBe('openmetrics');
  });
});

describe('the older text format goes to who', () => {
  test.for([
    undefined,
    '',
    '*/*',
    'text/*',
    BROWSER,
    'application/json',
    'application/openmetrics-text;version=0.0.1',
    'application/openmetrics-text;version=2.0.0, text/plain;q=0.1',
    'text/plain;version=0.0.4, application/openmetrics-text;version=1.0.0',
    'application/openmetrics-text;q=0.5, text/plain;q=0.6',
    'application/openmetrics-text;q=0',
    'application/openmetrics-text;q=0.0, */*;q=0.1',
    'application/openmetrics-text;q=high',
    'application/openmetrics-text;q=2',
    ',;,=;q',
  ])('asks for %s', (accept) => {
    expect(acceptedFormat(accept)).toBe('text');
  });
});

describe('a page is compressed', () => {
  test.for([
    'gzip',
    'GZIP',
    'x-gzip',
    'gzip, deflate, br',
    'br;q=1, gzip;q=0.2',
    '*',
    'deflate;q=0, *;q=0.5',
    'gzip;q=0.5, identity;q=0.5',
  ])('for %s', (encodings) => {
    expect(acceptsGzip(encodings)).toBe(true);
  });
});

describe('a page is left as it is', () => {
  test.for([undefined, '', 'identity', 'br', 'gzip;q=0', 'gzip;q=0.000', '*;q=0', 'gzip;q=0, *', 'gzip;q=0.3, identity;q=0.9', 'gzip;q='])(
    'for %s',
    (encodings) => {
      expect(acceptsGzip(encodings)).toBe(false);
    },
  );
});
