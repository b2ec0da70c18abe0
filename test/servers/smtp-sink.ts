import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail server that delivers nothing. */
export interface SmtpSink {
  /** `host:port`. */
  readonly address: string;
  /** What arrived: headers and bodies, with `quoted-printable` read. */
  readonly mails: readonly string[];
  stop(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
    converse(socket, (mail) => mails.push(mail));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As much of RFC 5321 as a client that sends one mail after the other needs. */
function converse(socket: Socket, onMail: (mail: string) => void): void {
  const answer = (line: string) => socket.write(`${line}\r\n`);
  let body: string[] | undefined;
  createInterface({ input: socket }).on('line', (line) => {
    if (body === undefined) {
      const command = line.slice(0, 4).toUpperCase();
      if (command === 'DATA') body = [];
      answer(command === 'DATA' ? '354 go on' : command === 'QUIT' ? '221 bye' : '250 ok');
      if (command === 'QUIT') socket.end();
    } else if (line === '.') {
      onMail(unquoted(body.join('\n')));
      body = undefined;
      answer('250 ok');
    } else body.push(line.replace(/^\./, ''));
  });
  answer('220 sink');
}

/** RFC 2045, section 6.7. */
function unquoted(text: string): string {
  const bytes = text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** What a mail of HTML says, in one line. */
export function textOfMail(mail: string): string {
  return mail
    .replace(/<style[^]*?<\/style>|<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? '')
    .replace(/\s+/g, ' ');
}
