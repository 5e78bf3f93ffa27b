import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';

const run = promisify(execFile);

/** What people are told of a Python. */
export interface PythonFacts {
  /** The real program, not a launcher script. */
  readonly executable: string;
  readonly implementation: string;
  /** `3.11.7` */
  readonly version: string;
  readonly numpy: string | null;
}

/** A Python of this machine that can run candidates. */
export interface Interpreter extends PythonFacts {
  /** Folders and files that it needs for running and importing. */
  readonly folders: readonly string[];
  /** Where it looks for modules. */
  readonly path: readonly string[];
  /** `sys.prefix` and `sys.exec_prefix`. */
  readonly prefixes: readonly [string, string];
}

/** No usable Python; the message says what to do. */
export class InterpreterProblem extends Error {
  override readonly name = 'InterpreterProblem';
}

const ReportSchema = v.object({
  implementation: v.string(),
  version: v.tuple([v.number(), v.number(), v.number()]),
  executable: v.string(),
  numpy: v.nullable(v.string()),
  folders: v.array(v.string()),
  path: v.array(v.string()),
  prefixes: v.tuple([v.string(), v.string()]),
});

// Standard library only, for any Python 3: asks an interpreter where its parts are.
const QUESTION = `
import json, os, site, sys, sysconfig
home = os.path.realpath(os.path.expanduser("~"))
def own(path):
    path = os.path.realpath(path)
    return path != "/" and path != home and not home.startswith(path + os.sep)
prefixes = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
paths = sysconfig.get_paths()
parts = [paths[n] for n in ("stdlib", "platstdlib", "purelib", "platlib")] + list(getattr(site, "getsitepackages", list)())
parts += [os.path.dirname(os.path.realpath(sys.executable)), sys.executable]
try:
    from importlib.metadata import version
    numpy = version("numpy")
except Exception:
    numpy = None
folders = []
for path in [p for p in prefixes if own(p)] + parts:
    for form in (path, os.path.realpath(path)):
        if os.path.exists(form) and form not in folders:
            folders.append(form)
print(json.dumps(dict(implementation=sys.implementation.name, version=sys.version_info[:3], executable=sys.executable, numpy=numpy, folders=folders, path=[p for p in sys.path if p], prefixes=[sys.prefix, sys.exec_prefix])))
`;

const ADVICE = 'Install Python 3.10 or later, or name one in the setting rlvr.code.pythonPath (command line: --python PATH).';

/**
 * Finds the interpreter: the given path or name, else `python3` on the PATH.
 * @throws InterpreterProblem
 */
export async function findInterpreter(wanted: string | null, searchPath = process.env['PATH'] ?? ''): Promise<Interpreter> {
  const name = wanted === null || wanted.trim() === '' ? 'python3' : wanted.trim();
  const file = name.includes('/') ? name : searchPath.split(delimiter).map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined || !existsSync(file)) {
    throw new InterpreterProblem(wanted === null ? `No python3 on the PATH. ${ADVICE}` : `There is no Python at ${name}. ${ADVICE}`);
  }
  let output: string;
  try {
    output = (await run(file, ['-s', '-E', '-B', '-c', QUESTION], { timeout: 30_000, cwd: '/', encoding: 'utf8' })).stdout;
  } catch (error) {
    throw new InterpreterProblem(`${file} does not run as a Python: ${firstLine(error)}. ${ADVICE}`);
  }
  const report = v.safeParse(ReportSchema, parsed(output));
  if (!report.success) throw new InterpreterProblem(`${file} does not answer as a Python does. ${ADVICE}`);
  const { implementation, version, executable, numpy, folders, path, prefixes } = report.output;
  const text = version.join('.');
  if (version[0] !== 3 || version[1] < 10) throw new InterpreterProblem(`${file} is Python ${text}, which is too old. ${ADVICE}`);
  if (implementation !== 'cpython') throw new InterpreterProblem(`${file} is ${implementation}; only CPython is supported. ${ADVICE}`);
  return { executable, implementation: 'CPython', version: text, numpy, folders, path, prefixes };
}

/** `CPython 3.11.7, numpy 2.4.6`: part of every verdict, because verdicts of different interpreters may differ. */
export function describeInterpreter({ implementation, version, numpy }: PythonFacts): string {
  return `${implementation} ${version}, ${numpy === null ? 'no numpy' : `numpy ${numpy}`}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n').at(-1)?.slice(0, 300) ?? '';
}
