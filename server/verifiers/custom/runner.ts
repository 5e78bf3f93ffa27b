import type ivm from 'isolated-vm';
import type { BatchRunner } from '../isolates/pool.ts';

/** An error of the user's file, with the place in it where known. */
export class CustomVerifierError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CustomVerifierError';
  }
}

/**
 * Runs a reward function. Every task gets a context of its own: what one response makes the function remember never
 * reaches the next.
 */
export function customRunner(isolate: ivm.Isolate, code: string, file: string): BatchRunner {
  return async (tasks, timeout) => {
    const results: string[] = [];
    for (const task of tasks) results.push(await runTask(isolate, code, file, task, timeout));
    return results;
  };
}

async function runTask(isolate: ivm.Isolate, code: string, file: string, task: string, timeout: number): Promise<string> {
  const context = await isolate.createContext();
  try {
    const module = await isolate.compileModule(code, { filename: file });
    await module.instantiate(context, (specifier) => {
      throw new CustomVerifierError(`cannot import ${JSON.stringify(specifier)}: a custom verifier is one file without imports`);
    });
    await module.evaluate({ timeout });
    const reward = await module.namespace.get('default', { reference: true }) as ivm.Reference<unknown>;
    if (reward.typeof !== 'function') throw new CustomVerifierError('the default export must be a function: export default function reward({ problem, response, answer }) { ... }');
    // The wrapper parses the task and writes the result inside the isolate: only two strings cross its border.
    const call = await context.evalClosure(WRAPPER, [reward.derefInto()], { result: { reference: true }, filename: 'rlvr-wrapper.js' }) as ivm.Reference<(task: string) => string>;
    return await call.apply(undefined, [task], { timeout });
  } catch (error) {
    throw error instanceof Error ? located(error, file) : error;
  } finally {
    if (!isolate.isDisposed) context.release();
  }
}

const WRAPPER = `
const reward = $0;
return (task) => {
  const result = reward(JSON.parse(task));
  if (result !== null && typeof result === 'object' && typeof result.then === 'function') throw new TypeError('a reward function must return its result, not a promise');
  const text = JSON.stringify(result);
  if (text === undefined) throw new TypeError('a reward function must return 0, 1, true, false, null or { reward, reason }');
  return text;
};`;

/** The error with file and line of the user's file in front, unless a limit was broken. */
function located(error: Error, file: string): Error {
  if (/timed out|disposed|memory/i.test(error.message)) return error;
  const stack = error.stack ?? '';
  const at = stack.indexOf(file);
  const place = at === -1 ? null : /^:(\d+)(?::(\d+))?/.exec(stack.slice(at + file.length));
  const where = place === null ? file : `${file}:${place[1] ?? ''}${place[2] === undefined ? '' : `:${place[2]}`}`;
  return new CustomVerifierError(`${where}: ${error.message.replace(/ \[[^\]]*\]$/, '')}`);
}
