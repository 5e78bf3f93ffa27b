import { request as plain } from 'node:http';
import { request as secure } from 'node:https';

export interface HttpReply {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

/** A reply beyond this is not one of the Jobs API that we read. */
const MAX_REPLY_BYTES = 16 * 1024 * 1024;

/**
 * One HTTP request without any header of its own. Ray takes requests with `Sec-Fetch-*` headers for a browser's and refuses
 * to be changed by them, and Node's `fetch` always sends one. Redirects are not followed: they would carry a token elsewhere.
 * Rejects with the system's error, or with an AbortError when `signal` fires.
 */
export function httpRequest(url: string, { method, headers, body, signal }: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string | undefined; readonly signal: AbortSignal }): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secure : plain;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = send(url, { method, headers: { ...headers, ...length }, signal }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_REPLY_BYTES) response.destroy(new Error('the reply is too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        resolve({ ok: status >= 200 && status < 300, status, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
