/** Version of the wire contract. Client and server must agree on the major number; the minor only ever adds. */
export const PROTOCOL_VERSION = { major: 1, minor: 1 } as const;

/** Largest frame either side accepts, in bytes. A longer message is a protocol error, not a memory problem. */
export const MAX_FRAME_BYTES = 32 * 1024 * 1024;

/** A side that has heard nothing for this long (milliseconds) counts the other as gone. */
export const HEARTBEAT_TIMEOUT_MS = 30_000;

/** Interval between heartbeats, milliseconds. */
export const HEARTBEAT_INTERVAL_MS = 10_000;
