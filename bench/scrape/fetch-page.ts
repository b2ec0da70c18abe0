import { get, Agent } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const agent = new Agent({ keepAlive: true });
const TIMEOUT_MILLISECONDS = 60_000;

export interface Page {
  readonly bytesSent: number;
  /** Decompressed. */
  readonly text: () => Promise<string>;
}

/** Takes a page as a scraper does, over a connection that is kept. */
export function fetchPage(url: string, headers: Readonly<Record<string, string>>): Promise<Page> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers, timeout: TIMEOUT_MILLISECONDS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
        else resolve(page(Buffer.concat(chunks), response.headers['content-encoding'] === 'gzip'));
      });
    });
    request.on('timeout', () => request.destroy(new Error(`${url} did not answer`)));
    request.on('error', reject);
  });
}

function page(body: Buffer, isCompressed: boolean): Page {
  return { bytesSent: body.length, text: async () => (isCompressed ? await promisify(gunzip)(body) : body).toString() };
}
