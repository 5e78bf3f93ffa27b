import { once } from 'node:events';
import type { Server } from 'node:http';
import { resolve } from 'node:path';
import { createHttpService, MAX_CONNECTIONS } from '../service/http.ts';
import { readProblems } from '../service/problemTable.ts';
import { listenOnSocket, type SocketListener } from '../service/unixSocket.ts';
import { VerifierService } from '../service/verifierService.ts';
import { VerifierSet } from '../verifiers/verifierSet.ts';
import { EXIT_DONE, EXIT_UNDONE, UsageError, type CommandIo } from './command.ts';
import { isLoopback, tokenFrom } from './tokenFile.ts';

export interface ServiceCommand {
  readonly socket: string | null;
  /** `HOST:PORT`; port 0 takes a free one. */
  readonly http: string | null;
  readonly problems: readonly string[];
  readonly tokenFile: string | null;
  readonly inFlight: number;
  readonly requestMb: number;
  readonly graceSeconds: number;
  readonly python: string | null;
  readonly unsafeCode: boolean;
  readonly order: 'list' | 'early';
}

/**
 * `rlvr verify --socket PATH` and `--http HOST:PORT`: the verifiers of a node as a service, until SIGTERM or Ctrl-C. Prints
 * one line with its addresses when it is ready.
 */
export async function verifyService(command: ServiceCommand, io: CommandIo): Promise<number> {
  const say = (message: string): void => void io.stderr.write(`rlvr: ${message}\n`);
  const address = command.http === null ? null : addressOf(command.http);
  if (address !== null && !isLoopback(address.host) && command.tokenFile === null) throw new UsageError(`--http ${command.http}: other machines can reach this address; give a secret with --token-file FILE`);
  const token = command.tokenFile === null ? null : await tokenFrom(command.tokenFile, say);
  const problems = await readProblems(command.problems, io.signal).catch((error: unknown) => {
    io.signal.throwIfAborted();
    throw new UsageError(error instanceof Error ? error.message : String(error));
  });
  const verifiers = new VerifierSet({ python: command.python, unsafeCode: command.unsafeCode, order: command.order });
  const service = new VerifierService({ problems, verifierOf: (domain) => verifiers.ofDomain(domain) }, {
    inFlight: command.inFlight,
    requestBytes: command.requestMb * 1024 * 1024,
  });
  const overTcp = createHttpService(service, token);
  // The file's permissions are what protects the socket: no token is asked for there.
  const overSocket = createHttpService(service, null);
  let listener: SocketListener | null = null;
  try {
    const path = command.socket === null ? null : resolve(command.socket);
    if (path !== null) listener = await listenOnSocket(path, service, overSocket).catch(usage);
    const url = address === null ? null : await listen(overTcp, address.host, address.port).catch(usage);
    if (address !== null && !isLoopback(address.host)) say(`listening on ${address.host} without TLS: the token and all data are readable on the way`);
    io.stdout.write(`${JSON.stringify({ ...(path === null ? {} : { socket: path }), ...(url === null ? {} : { http: url }), pid: process.pid, problems: problems.size })}\n`);

    if (!io.signal.aborted) await once(io.signal, 'abort');
    say(`stopping: ${service.gate.inFlight} under way`);
    listener?.refuse();
    overTcp.close();
    const whole = await service.stop(command.graceSeconds * 1000);
    if (!whole) say(`cancelled what was still under way after ${command.graceSeconds} s`);
    return whole ? EXIT_DONE : EXIT_UNDONE;
  } finally {
    await listener?.close();
    overTcp.close();
    overTcp.closeAllConnections();
    await verifiers.dispose();
  }
}

function usage(error: unknown): never {
  throw new UsageError(error instanceof Error ? error.message : String(error));
}

/** `HOST:PORT`, `[::1]:PORT` or `PORT`. */
function addressOf(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits = ''] = /^(?:(?:\[([^\]]+)\]|([^:]*)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === '' || port > 65_535) throw new UsageError(`--http takes HOST:PORT, not ${JSON.stringify(text)}`);
  return { host: bracketed ?? (plain === undefined || plain === '' ? '127.0.0.1' : plain), port };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen({ port, host, backlog: MAX_CONNECTIONS });
  await once(server, 'listening');
  const bound = server.address();
  const shown = host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${typeof bound === 'object' && bound !== null ? bound.port : port}`;
}
