import * as v from 'valibot';

/** Machine-readable reason of a failed request; nobody matches on message text. `ray-token`: the Ray cluster at `address` wants a token, or refuses the one it got. */
export const ErrorReasonSchema = v.picklist(['bad-input', 'not-found', 'conflict', 'unauthorised', 'version', 'unavailable', 'ray-token', 'internal']);
export type ErrorReason = v.InferOutput<typeof ErrorReasonSchema>;

/** `data` of a JSON-RPC error of ours; the message is for people and names file, line and field where they are known. */
export const ErrorDataSchema = v.object({ reason: ErrorReasonSchema, file: v.optional(v.string()), line: v.optional(v.number()), field: v.optional(v.string()), address: v.optional(v.string()) });
export type ErrorData = v.InferOutput<typeof ErrorDataSchema>;

/** An error whose message may be shown to the user as it is. */
export class RequestError extends Error {
  readonly data: ErrorData;
  constructor(reason: ErrorReason, message: string, place: Omit<ErrorData, 'reason'> = {}) {
    super(message);
    this.name = 'RequestError';
    this.data = { reason, ...place };
  }
}

/** JSON-RPC code of all errors of ours, and LSP's code for a cancelled request. */
export const REQUEST_FAILED = -32803;
export const REQUEST_CANCELLED = -32800;

/** Close codes of the socket beyond the standard ones. */
export const CLOSE_UNAUTHORISED = 4401;
export const CLOSE_VERSION = 4426;
export const CLOSE_TOO_SLOW = 4429;

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
