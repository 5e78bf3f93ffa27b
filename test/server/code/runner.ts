import { join } from 'node:path';

/** The Python files that run in the sandbox. */
export const runnerFolder = join(import.meta.dirname, '../../../server/python/code_runner');
