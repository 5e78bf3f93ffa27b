import type { BoxCommand } from '../box.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { findParts } from './parts.ts';
import type { HelperConfig } from './pyodideHelper.worker.ts';
import { runnerCommand, systemRoot } from './runnerCommand.ts';
import { snapshotFile } from './snapshot.ts';

/** The sandbox that needs nothing of the operating system. `runner`: folder of the Python files. @throws Error that says what is missing */
export async function makePyodideSandbox(runner: string): Promise<Sandbox> {
  const parts = findParts(runner);
  const snapshot = await snapshotFile(parts);
  const [node, ...args] = runnerCommand({ ...parts, readable: [...parts.readable, snapshot] });
  const command = (memoryMb: number): BoxCommand => {
    const config: HelperConfig = { command: [node, ...args], runner: { parts: parts.engine, snapshot, memoryBytes: memoryMb * 1024 * 1024 }, python: parts.python };
    return { file: node, args: ['--no-warnings', parts.helperProgram, JSON.stringify(config)], env: systemRoot(), cleanUp: () => Promise.resolve() };
  };
  return {
    level: 'pyodide',
    detail: `Python ${parts.python} in WebAssembly (Pyodide ${parts.version}), in an isolate of a process that may neither write files nor start programs; threads, processes and alarms are not there`,
    python: { executable: `Pyodide ${parts.version}`, version: parts.python, numpy: null, implementation: `Pyodide ${parts.version}, CPython` },
    command: (_numpy, memoryMb) => Promise.resolve(command(memoryMb)),
  };
}
