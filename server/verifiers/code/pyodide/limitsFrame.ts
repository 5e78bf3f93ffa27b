/** Limits of a job as the server sends them (`LIMITS` in job.py). Threads and files are not counted in Pyodide. */
export interface JobLimits {
  readonly memoryBytes: number;
  readonly seconds: number;
  readonly wallSeconds: number;
  readonly resultBytes: number;
}

/** Reads the payload of a frame B. */
export function readLimits(payload: Uint8Array): JobLimits {
  const [memoryBytes = 0, seconds = 0, wallSeconds = 0, , , resultBytes = 0] = new Float64Array(new Uint8Array(payload).buffer);
  return { memoryBytes, seconds, wallSeconds, resultBytes };
}
