import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as v from 'valibot';
import { ResponseError, type MessageConnection } from 'vscode-jsonrpc/node.js';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE_UNAUTHORISED, CLOSE_VERSION, REQUEST_FAILED, type ErrorData } from '../protocol/errors.ts';
import { Hello, type NotificationSpec, type ParamsOf } from '../protocol/methods.ts';
import { jsonRpcOver } from '../protocol/transport.ts';
import { HEARTBEAT_INTERVAL_MS, MAX_FRAME_BYTES, PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Logger } from './log.ts';
import type { Client, Router } from './router.ts';

/** A client must say a valid hello within this time, milliseconds. */
const HELLO_TIMEOUT_MS = 10_000;

export interface ServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly token: string;
  readonly serverVersion: string;
  readonly router: Router;
  readonly log: Logger;
}

export interface RunningServer {
  readonly port: number;
  readonly instance: string;
  clients(): number;
  /** Sends a notification to every client that said hello. */
  broadcast<S extends NotificationSpec>(spec: S, params: ParamsOf<S>): void;
  /** Milliseconds since the last client left; 0 while one is connected. */
  idleFor(): number;
  close(): Promise<void>;
}

interface Session extends Client {
  readonly socket: WebSocket;
  alive: boolean;
}

/**
 * Serves the wire on one port. Browsers are kept out: a request with an Origin header is refused, because no page has
 * business here and a page of any site could otherwise reach a loopback port.
 */
export async function startWebSocketServer(options: ServerOptions): Promise<RunningServer> {
  const { log } = options;
  const instance = randomUUID();
  const sessions = new Set<Session>();
  let nextId = 1;
  let idleSince = performance.now();

  const http: Server = createServer((_request, response) => {
    response.writeHead(426, { 'content-type': 'text/plain', connection: 'close' }).end('RLVR Workbench speaks WebSocket here.\n');
  });
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });

  http.on('upgrade', (request: IncomingMessage, socket, head) => {
    // Node leaves errors of such a socket to us, and one that nobody takes ends the process: a client may hang up on any answer.
    socket.on('error', () => socket.destroy());
    if (request.headers.origin !== undefined) {
      log.warn(`refused a WebSocket with Origin ${JSON.stringify(request.headers.origin).slice(0, 100)}`);
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => accept(webSocket));
  });

  function accept(socket: WebSocket): void {
    const closed = new AbortController();
    const connection = jsonRpcOver(socket);
    const listeners: (() => void)[] = [];
    let session: Session | null = null;
    const helloTimer = setTimeout(() => socket.close(CLOSE_UNAUTHORISED, 'no hello'), HELLO_TIMEOUT_MS);

    socket.on('pong', () => {
      if (session) session.alive = true;
    });
    socket.on('close', () => {
      clearTimeout(helloTimer);
      closed.abort();
      if (session) {
        sessions.delete(session);
        if (sessions.size === 0) idleSince = performance.now();
        log.info(`client ${session.id} (${session.name}) left`);
      }
      for (const listener of listeners) listener();
      connection.dispose();
    });
    connection.onError(([error]) => {
      log.warn(`connection error: ${error.message}`);
      socket.close(1002, 'protocol error');
    });

    connection.onRequest(Hello.method, (raw: unknown) => {
      const hello = v.safeParse(Hello.params, raw);
      if (!hello.success) return refuse(connection, socket, CLOSE_VERSION, 'hello is not of this protocol', 'version');
      const { protocol, token, client } = hello.output;
      if (protocol.major !== PROTOCOL_VERSION.major) {
        return refuse(connection, socket, CLOSE_VERSION, `this server speaks protocol ${PROTOCOL_VERSION.major}.${PROTOCOL_VERSION.minor}, the client ${protocol.major}.${protocol.minor}`, 'version');
      }
      if (!sameSecret(token, options.token)) return refuse(connection, socket, CLOSE_UNAUTHORISED, 'the token is wrong', 'unauthorised');
      if (session === null) {
        clearTimeout(helloTimer);
        session = {
          id: nextId++, name: client.slice(0, 60), socket, alive: true,
          notify: (spec, params) => {
            connection.sendNotification(spec.method, params).catch((error: unknown) => log.debug(`notification not sent: ${String(error)}`));
          },
          onClose: (listener) => listeners.push(listener),
        };
        sessions.add(session);
        options.router.bind(connection, session, closed.signal);
        log.info(`client ${session.id} (${session.name}) connected`);
      }
      return { protocol: PROTOCOL_VERSION, serverVersion: options.serverVersion, pid: process.pid, instance };
    });
    connection.listen();
  }

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, options.host, resolve);
  });
  const heartbeat = setInterval(() => {
    for (const session of sessions) {
      if (!session.alive) {
        log.warn(`client ${session.id} (${session.name}) does not answer`);
        session.socket.terminate();
        continue;
      }
      session.alive = false;
      session.socket.ping();
    }
  }, HEARTBEAT_INTERVAL_MS);

  // Safe: listening on a TCP port, so the address is an AddressInfo.
  const { port } = http.address() as AddressInfo;

  return {
    port,
    instance,
    clients: () => sessions.size,
    broadcast: (spec, params) => {
      for (const session of sessions) session.notify(spec, params);
    },
    idleFor: () => (sessions.size > 0 ? 0 : performance.now() - idleSince),
    close: async () => {
      clearInterval(heartbeat);
      for (const socket of webSockets.clients) socket.terminate();
      webSockets.close();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
}

function refuse(connection: MessageConnection, socket: WebSocket, code: number, message: string, reason: ErrorData['reason']): ResponseError<ErrorData> {
  // After the reply has gone out: the client should read the reason before the socket closes.
  setTimeout(() => {
    connection.end();
    socket.close(code, message);
  }, 50).unref();
  return new ResponseError(REQUEST_FAILED, message, { reason });
}

/** Compares in constant time; hashing first makes the lengths equal. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
