import type { Command } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Content } from '../content.ts';
import { connectionOptions, readConnection } from './grafana-connection.ts';
import { createFolder, findFolder } from './dashboard-folder.ts';
import { GrafanaApi } from './grafana-api.ts';
import { type Outcome, pushDashboard } from './push-dashboard.ts';

const DEFAULT_FOLDER = 'modelmeter';
const NOTES = `A token on the command line stays in the history of the shell: GRAFANA_TOKEN does not. Alert rules are not pushed: see
"modelmeter-dashboards rules" and "write". Certificates of one's own: NODE_EXTRA_CA_CERTS=<file>.`;

/** `push`: the dashboards into a Grafana, by its HTTP API. */
export function pushCommand({ dashboards }: Content): Command {
  return {
    summary: 'Brings the dashboards into a Grafana. What is there already stays untouched, so it can be run again at any time.',
    operands: [],
    options: {
      ...connectionOptions,
      folder: { value: '<uid or title>', text: `made where it is missing (default ${DEFAULT_FOLDER})` },
      'dry-run': { text: 'shows what would change and writes nothing' },
    },
    notes: NOTES,
    async run(args, { print, env }) {
      const connection = readConnection(args, env);
      const dryRun = args.switches.has('dry-run');
      const api = new GrafanaApi(connection);
      const title = args.options.get('folder') ?? DEFAULT_FOLDER;
      let folder = await findFolder(api, title);
      if (folder === undefined) {
        if (!dryRun) folder = await createFolder(api, title);
        print(`${dryRun ? 'would create' : 'created'} folder ${title}`);
      }
      const outcomes: Outcome[] = [];
      for (const dashboard of dashboards()) {
        const outcome = await pushDashboard(api, dashboard, { folder, dryRun });
        outcomes.push(outcome);
        print(
          `${words(outcome, dryRun).padEnd(dryRun ? 12 : 9)}  ${dashboard.title}  ${new URL(`d/${dashboard.uid}`, connection.url).href}`,
        );
        for (const detail of details(outcome)) print(`    ${detail}`);
      }
      const refused = outcomes.filter(({ kind }) => kind === 'refused').length;
      if (refused > 0) throw new CommandError(`Grafana refuses ${refused} of ${outcomes.length} dashboards`);
      if (dryRun) print('Nothing was written.');
    },
  };
}

function words({ kind }: Outcome, dryRun: boolean): string {
  if (!dryRun || kind === 'unchanged' || kind === 'refused') return kind;
  return kind === 'created' ? 'would create' : 'would change';
}

function details(outcome: Outcome): readonly string[] {
  if (outcome.kind === 'changed') return outcome.differences;
  return outcome.kind === 'refused' ? [outcome.reason] : [];
}
