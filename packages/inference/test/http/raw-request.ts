import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends a request as bytes and returns the bytes of its answer, as text, without its date; nothing where the connection breaks. */
export async function rawRequest(port: number, method: string, path: string, body = '', contentType = 'application/json'): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const head = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    `Content-Type: ${contentType}`,
    `Content-Length: ${body.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  return (await text(socket).catch(() => '')).replace(/^date: .*\r\n/im, '');
}

/** Sends a request, and leaves without its answer. */
export async function leaveEarly(port: number, body: string, isThere: () => Promise<boolean>): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(
    `POST /predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 2));
  socket.destroy();
}
