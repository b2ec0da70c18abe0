/** A Grafana, and a token of a service account with the role Admin: data sources are not an Editor's to add. */
export interface GrafanaAccess {
  readonly url: string;
  readonly token: string;
}

/** A query as a panel sends it, with the variables of the dashboard filled in; macros are Grafana's own to fill in. */
export interface PanelQuery {
  readonly refId: string;
  readonly expr: string;
  readonly instant: boolean;
  readonly format: string;
  readonly interval?: string;
}

/** One table of an answer: values by column. */
export interface Frame {
  readonly schema?: { readonly fields?: readonly { readonly type?: string }[] };
  readonly data?: { readonly values?: readonly (readonly unknown[])[] };
}

export interface QueryResult {
  readonly error?: string;
  readonly status?: number;
  readonly frames?: readonly Frame[];
}

const ALREADY_THERE = 412;

/** What is asked of Grafana's HTTP API. Every refusal rejects, with what Grafana said. */
export class GrafanaClient {
  readonly #access: GrafanaAccess;

  constructor(access: GrafanaAccess) {
    this.#access = { ...access, url: access.url.replace(/\/+$/, '') };
  }

  get url(): string {
    return this.#access.url;
  }

  /** For pages that a browser is to open. */
  get headers(): Readonly<Record<string, string>> {
    return { authorization: `Bearer ${this.#access.token}` };
  }

  async putFolder(uid: string, title: string): Promise<void> {
    await this.#ask('POST', '/api/folders', { uid, title }, [ALREADY_THERE, 409]);
  }

  async putDataSource(uid: string, prometheusUrl: string, scrapeSeconds: number): Promise<void> {
    const source = {
      ...{ uid, name: uid, type: 'prometheus', access: 'proxy', url: prometheusUrl },
      jsonData: { httpMethod: 'POST', timeInterval: `${scrapeSeconds}s` },
    };
    const known = await this.#ask('GET', `/api/datasources/uid/${uid}`, undefined, [404]);
    if (known.ok) await this.#ask('PUT', `/api/datasources/uid/${uid}`, source);
    else await this.#ask('POST', '/api/datasources', source);
  }

  async putDashboard(json: string, folderUid: string): Promise<void> {
    await this.#ask('POST', '/api/dashboards/db', { dashboard: { ...JSON.parse(json), id: null }, folderUid, overwrite: true });
  }

  /** Answers by refId; of a query that fails its error. */
  async query(
    dataSourceUid: string,
    queries: readonly PanelQuery[],
    { startSeconds, endSeconds }: { readonly startSeconds: number; readonly endSeconds: number },
  ): Promise<Readonly<Record<string, QueryResult>>> {
    const datasource = { uid: dataSourceUid, type: 'prometheus' };
    const response = await this.#ask(
      'POST',
      '/api/ds/query',
      {
        queries: queries.map((query) => ({ ...query, datasource, range: !query.instant, intervalMs: 1000, maxDataPoints: 1000 })),
        from: String(Math.floor(startSeconds * 1000)),
        to: String(Math.floor(endSeconds * 1000)),
      },
      // The status of the worst query, with all answers.
      [400, 404, 422, 500, 502],
    );
    const { results, message } = (await response.json()) as { results?: Record<string, QueryResult>; message?: string };
    if (results === undefined) throw new Error(`Grafana refuses to query: ${response.status} ${message}`);
    return results;
  }

  async #ask(method: string, path: string, body?: object, alsoFine: readonly number[] = []): Promise<Response> {
    const response = await fetch(this.#access.url + path, {
      method,
      headers: { ...this.headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (response.ok || alsoFine.includes(response.status)) return response;
    throw new Error(`Grafana refuses ${method} ${path}: ${response.status} ${await response.text()}`);
  }
}
