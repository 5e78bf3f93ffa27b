import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isAbort } from '../protocol/errors.ts';
import type { VerifierService } from './verifierService.ts';
import { MALFORMED_RULE } from './rewarder.ts';
import type { RewardReply } from './rewardTask.ts';

/** Most rollouts in one batch: their replies may have to be held until the whole batch has been sent. */
export const MAX_BATCH = 20_000;
export const MAX_CONNECTIONS = 4_096;
/** How long a body of one rollout may take to arrive, milliseconds: it holds a place meanwhile. */
const BODY_MS = 60_000;

/**
 * The service over HTTP: `POST /v1/verify` (one rollout), `POST /v1/verify/batch` (JSON lines, answered by JSON lines as
 * they are decided), `GET /metrics`, `GET /healthz`. With a token every request but `/healthz` must present it. Requests
 * of browser pages (they carry an Origin) are refused.
 */
export function createHttpService(service: VerifierService, token: string | null): Server {
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 30_000 }, (request, response) => {
    void handle(request, response, service, token).catch((error: unknown) => fail(response, 500, error instanceof Error ? error.message : String(error)));
  });
  server.on('connection', (socket) => socket.once('close', service.connected('http')));
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

async function handle(request: IncomingMessage, response: ServerResponse, service: VerifierService, token: string | null): Promise<void> {
  response.on('error', () => undefined); // seen as `close`
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  if (request.headers.origin !== undefined) return fail(response, 403, 'requests of browser pages are refused');
  if (path === '/healthz') {
    if (method(request, response, 'GET')) health(response, service);
    return;
  }
  if (token !== null && !presents(request, token)) {
    service.metrics.refused('unauthorised');
    response.setHeader('www-authenticate', 'Bearer');
    return fail(response, 401, 'the header "Authorization: Bearer TOKEN" with the service’s token is needed');
  }
  if (path === '/metrics') {
    if (method(request, response, 'GET')) send(response, 200, service.metricsText(), 'text/plain; version=0.0.4; charset=utf-8');
    return;
  }
  if (path !== '/v1/verify' && path !== '/v1/verify/batch') return fail(response, 404, `there is no ${path.slice(0, 100)}; there are /v1/verify, /v1/verify/batch, /metrics and /healthz`);
  if (!method(request, response, 'POST')) return;
  if (service.isStopping) return fail(response, 503, 'the service is stopping');
  return path === '/v1/verify' ? one(request, response, service) : batch(request, response, service);
}

/** One rollout. Its body is read once there is room for it, so that a thousand senders wait instead of filling memory. */
async function one(request: IncomingMessage, response: ServerResponse, service: VerifierService): Promise<void> {
  const { limits, gate, rewarder, metrics } = service;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  // Without a length the most is reckoned with: 0 would let any number of large bodies in.
  const stated = Number(request.headers['content-length'] ?? limits.requestBytes);
  if (stated > limits.requestBytes) {
    metrics.refused('too-long');
    return fail(response, 413, `a request has at most ${limits.requestBytes} bytes`);
  }
  try {
    const reply = await service.during(gone.signal, async (signal) => {
      const leave = await gate.enter(stated, signal);
      try {
        const body = await bodyOf(request, limits.requestBytes, AbortSignal.any([signal, AbortSignal.timeout(BODY_MS)]));
        return body === null ? null : await rewarder.answer(body, signal);
      } finally {
        leave();
      }
    });
    if (reply === null) {
      metrics.refused('too-long');
      return fail(response, 413, `a request has at most ${limits.requestBytes} bytes`);
    }
    send(response, statusOf(reply), JSON.stringify(reply), 'application/json');
  } catch (error) {
    if (response.closed) return;
    if (!isAbort(error)) throw error;
    fail(response, 503, 'the service is stopping');
  }
}

/** JSON lines in, JSON lines out. The status is sent at once: what goes wrong with a line is said in its reply. */
async function batch(request: IncomingMessage, response: ServerResponse, service: VerifierService): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  response.flushHeaders();
  try {
    await service.stream(request, response, { peer: 'http', maxLines: MAX_BATCH });
    response.end();
  } catch {
    response.destroy(); // the peer has gone, or time was over: a cut answer must not look whole
  }
}

function health(response: ServerResponse, service: VerifierService): void {
  const body = { status: service.isStopping ? 'stopping' : 'ok', in_flight: service.gate.inFlight, queue: service.gate.waiting };
  send(response, service.isStopping ? 503 : 200, JSON.stringify(body), 'application/json');
}

/** The body; null when it is longer than allowed. A sender that takes too long is cut off. */
async function bodyOf(request: IncomingMessage, maxBytes: number, signal: AbortSignal): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = (): void => void request.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      // Safe: no encoding is set, so chunks are buffers.
      const bytes = chunk as Buffer;
      size += bytes.length;
      if (size > maxBytes) return null;
      chunks.push(bytes);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  return Buffer.concat(chunks);
}

function statusOf(reply: RewardReply): number {
  return reply.rule === MALFORMED_RULE ? 400 : 200;
}

function method(request: IncomingMessage, response: ServerResponse, wanted: 'GET' | 'POST'): boolean {
  if (request.method === wanted) return true;
  response.setHeader('allow', wanted);
  fail(response, 405, `use ${wanted}`);
  return false;
}

function presents(request: IncomingMessage, token: string): boolean {
  const [, presented = ''] = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  // Hashed, so that the comparison takes equal time for any length.
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(presented), digest(token));
}

function fail(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent) return void response.destroy();
  // The rest of a body is not worth reading.
  if (status >= 400 && status !== 404) response.setHeader('connection', 'close');
  send(response, status, JSON.stringify({ error: message }), 'application/json');
}

function send(response: ServerResponse, status: number, body: string, type: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
