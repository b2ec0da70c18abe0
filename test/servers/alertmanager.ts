import { join } from 'node:path';
import { type LocalServer, startLocalServer } from './local-server.ts';

export interface AlertmanagerOptions {
  /** Where mail is sent: `host:port` of an SMTP server without encryption. */
  readonly smtp: string;
  /** URL of a Slack webhook. */
  readonly slack: string;
}

/** Starts the installed Alertmanager, which sends every group of alerts to both within a second; resolves when it is ready. */
export async function startAlertmanager({ smtp, slack }: AlertmanagerOptions): Promise<LocalServer> {
  const title = '{{ .CommonLabels.alertname }}: {{ .CommonAnnotations.summary }}';
  const text = '{{ range .Alerts }}{{ .Annotations.description }}\n{{ .Annotations.runbook_url }}\n{{ end }}';
  const receiver = {
    name: 'everybody',
    email_configs: [
      { to: 'oncall@example.org', from: 'alertmanager@example.org', smarthost: smtp, hello: 'localhost', require_tls: false },
    ],
    slack_configs: [{ api_url: slack, channel: '#models', title, text }],
  };
  const route = { receiver: receiver.name, group_by: ['alertname'], group_wait: '500ms', group_interval: '5s', repeat_interval: '1h' };
  return startLocalServer({
    program: 'prometheus-alertmanager',
    readyPath: '/-/ready',
    files: { 'alertmanager.yml': JSON.stringify({ route, receivers: [receiver] }) },
    args: (folder, address) => [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=', // alone
    ],
  });
}
