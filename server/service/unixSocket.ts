import { chmod, lstat, unlink } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { MAX_CONNECTIONS } from './http.ts';
import type { VerifierService } from './verifierService.ts';

/** The kernel's bound on the path of a Unix socket, bytes, with its terminator (macOS: 104, Linux: 108). */
const MAX_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;
const LINGER_MS = 1_000;

export interface SocketListener {
  /** Takes no new connections; the file is removed. */
  refuse(): void;
  /** Ends what is still open. */
  close(): Promise<void>;
}

/**
 * Listens on a Unix socket that only its owner may open. A connection that starts with `{` or a blank is a stream of JSON
 * lines; anything else is HTTP, so that metrics and health can be asked for on the same path.
 * @throws Error when the path is taken by a living service or by something that is no socket
 */
export async function listenOnSocket(path: string, service: VerifierService, http: HttpServer): Promise<SocketListener> {
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) throw new Error(`${path}: the path of a socket has at most ${MAX_PATH_BYTES} bytes`);
  await removeStale(path);
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    welcome(socket, service, http);
  });
  server.maxConnections = MAX_CONNECTIONS;
  // The file is made with the umask of this moment: nobody else may open it, not even for an instant.
  const before = process.umask(0o177);
  try {
    // A node's workers connect all at once; what does not fit into the backlog is turned away with EAGAIN.
    server.listen({ path, backlog: MAX_CONNECTIONS });
  } finally {
    process.umask(before);
  }
  await once(server, 'listening');
  await chmod(path, 0o600);
  return {
    refuse: () => void server.close(),
    close: async () => {
      const closed = server.listening ? once(server, 'close') : null;
      server.close();
      // Peers have got everything; one that does not close its side is not waited for.
      const timer = setTimeout(() => open.forEach((socket) => socket.destroy()), LINGER_MS);
      await Promise.all([closed, ...[...open].map((socket) => once(socket, 'close'))]);
      clearTimeout(timer);
    },
  };
}

function welcome(socket: Socket, service: VerifierService, http: HttpServer): void {
  socket.on('error', () => undefined); // seen as `close`
  socket.once('data', (first: Buffer) => {
    socket.pause();
    socket.unshift(first);
    if (/^[\s{]/.test(first.toString('latin1', 0, 1))) {
      socket.once('close', service.connected('lines'));
      void converse(socket, service);
    } else {
      socket.allowHalfOpen = false;
      http.emit('connection', socket);
      process.nextTick(() => socket.resume());
    }
  });
  socket.once('end', () => {
    if (socket.bytesRead === 0) socket.end();
  });
}

async function converse(socket: Socket, service: VerifierService): Promise<void> {
  try {
    await service.stream(socket, socket, { peer: 'socket' });
    socket.end();
    // What still comes in after a stop is let go, so that the end is noticed.
    socket.resume();
  } catch {
    socket.destroy(); // the peer has gone
  }
}

/** Removes the socket of a service that was killed. */
async function removeStale(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return;
  if (!found.isSocket()) throw new Error(`${path} exists and is no socket`);
  const probe = connect(path);
  const alive = await Promise.race([once(probe, 'connect').then(() => true), once(probe, 'error').then(() => false)]).catch(() => false);
  probe.destroy();
  if (alive) throw new Error(`${path}: another service listens there`);
  await unlink(path);
}
