import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, unlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { EndpointSchema, type Endpoint } from '../protocol/endpoint.ts';
import { makeFolder } from '../records/makeFolder.ts';
import { LOG_LEVELS, stderrLogger } from '../rpc/log.ts';
import { Router } from '../rpc/router.ts';
import { startWebSocketServer, type RunningServer } from '../rpc/webSocketServer.ts';
import { Services } from '../rpc/services.ts';
import { takeLock, type LockResult } from '../training/runs/lock.ts';
import { registerHandlers } from '../rpc/handlers/index.ts';
import { serverVersion } from '../rpc/serverVersion.ts';
import { EXIT_DONE, parseCommandArgs, UsageError, wholeNumber, type Command, type CommandIo } from './command.ts';
import { isLoopback, isMissing, tokenFrom, writePrivate } from './tokenFile.ts';

const IDLE_CHECK_MS = 5_000;

export const serveCommand: Command = {
  name: 'serve',
  summary: 'run the orchestration server',
  usage: `rlvr serve [options]

  --host HOST           address to listen on (default 127.0.0.1; beyond loopback put TLS in front)
  --port PORT           port (default 0: a free one)
  --token-file FILE     secret that clients must present; made on first use, mode 0600
                        (default ~/.rlvr/token)
  --endpoint-file FILE  write address and a fresh token there, mode 0600, for clients of the same user
  --idle-exit MINUTES   stop after this long without clients and active runs (default 0: never)
  --python FILE         Python for code verification (default: python3 on PATH)
  --unsafe-code         run code without a sandbox where none works; anything a model writes can then harm this machine
  --log-level LEVEL     debug, info, warn or error (default info)`,
  run: serve,
};

async function serve(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseCommandArgs(args, {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string' },
    'token-file': { type: 'string' },
    'endpoint-file': { type: 'string' },
    'idle-exit': { type: 'string' },
    python: { type: 'string' },
    'unsafe-code': { type: 'boolean', default: false },
    'log-level': { type: 'string', default: 'info' },
  });
  if (positionals.length > 0) throw new UsageError(`serve takes no ${JSON.stringify(positionals[0])}`);
  const level = LOG_LEVELS.find((known) => known === values['log-level']);
  if (!level) throw new UsageError(`--log-level is one of ${LOG_LEVELS.join(', ')}`);
  // An unset variable of a shell: Node would listen on every address of the machine.
  if (values.host === '') throw new UsageError('--host is empty');
  const port = wholeNumber('port', values.port, 0, 0, 65_535);
  const idleExitMs = wholeNumber('idle-exit', values['idle-exit'], 0, 0, 100_000) * 60_000;
  const endpointFile = values['endpoint-file'] === undefined ? null : resolve(values['endpoint-file']);
  const log = stderrLogger(level);

  const lock = endpointFile === null ? null : await lockBeside(endpointFile);
  if (lock !== null && 'heldBy' in lock) {
    log.info(`another server of this endpoint file is running, pid ${lock.heldBy.pid}`);
    return EXIT_DONE;
  }
  const token = endpointFile === null ? await tokenFrom(values['token-file'] ?? join(homedir(), '.rlvr', 'token'), log.info) : randomBytes(32).toString('base64url');
  const services = new Services({ python: values.python ?? null, unsafeCode: values['unsafe-code'] });
  const router = new Router(log);
  // What waits for work in the services would keep a server alive that nobody can reach.
  const running: RunningServer = await startWebSocketServer({ host: values.host, port, token, serverVersion: serverVersion(), router, log }).catch(async (error: unknown) => {
    await services.dispose();
    await lock?.release();
    throw error;
  });
  registerHandlers(router, services, running);
  const address = `ws://${values.host.includes(':') ? `[${values.host}]` : values.host}:${running.port}`;
  try {
    if (!isLoopback(values.host)) log.warn(`listening on ${values.host} without TLS: the token and all data are readable on the way`);
    if (endpointFile !== null) {
      await writePrivate(endpointFile, JSON.stringify({ host: values.host, port: running.port, pid: process.pid, instance: running.instance, serverVersion: serverVersion(), token } satisfies Endpoint));
    }
    io.stdout.write(`${JSON.stringify({ listening: address, pid: process.pid, instance: running.instance })}\n`);
    log.info(`listening on ${address}`);

    await untilDone(io.signal, () => idleExitMs > 0 && running.idleFor() > idleExitMs && !services.busy());
    log.info('stopping');
    if (endpointFile !== null) await removeOwn(endpointFile, running.instance);
    return EXIT_DONE;
  } finally {
    // Also where the endpoint file cannot be written: a server that listens and that nobody finds would stay for good.
    await running.close();
    await services.dispose();
    await lock?.release();
  }
}

function untilDone(signal: AbortSignal, idle: () => boolean): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = setInterval(() => {
      if (idle()) finish();
    }, IDLE_CHECK_MS);
    const finish = (): void => {
      clearInterval(timer);
      done();
    };
    signal.addEventListener('abort', finish, { once: true });
  });
}

/** One server per endpoint file, also where two are started at once. */
async function lockBeside(endpointFile: string): Promise<LockResult> {
  await makeFolder(dirname(endpointFile));
  return await takeLock(`${endpointFile}.lock`, randomUUID());
}

/** Removes the endpoint file unless another server has replaced it. */
async function removeOwn(path: string, instance: string): Promise<void> {
  try {
    const endpoint = v.parse(EndpointSchema, JSON.parse(await readFile(path, 'utf8')));
    if (endpoint.instance === instance) await unlink(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
