import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { Box } from '../box.ts';
import { grade } from '../grade.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { isSuiteProblem, readySuite } from '../suite.ts';
import type { Sandbox } from './sandbox.ts';

const MEMORY_MB = 256;

/**
 * A program that tries every wall and prints what it could do. It undoes what the guard of the checker patches: the
 * walls must hold against a program that knows them. `posix` still has the functions that `os` has lost.
 */
const PROGRAM = `
import glob, json, posix, signal, sys, ctypes
import _socket
plan = json.loads(input())
could = []
def attempt(name, action):
    try:
        action()
        could.append(name)
    except (OSError, MemoryError, ValueError, AttributeError, ImportError):
        pass  # refused, or there is no such thing here
def fork():
    if posix.fork() == 0:
        posix._exit(0)
def connect():
    s = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    s.connect(("127.0.0.1", plan["port"]))
def reach_javascript():
    import js
    if not any(hasattr(js, name) for name in ("process", "require", "fetch", "WebSocket")):
        raise AttributeError
def compile_javascript():
    from pyodide.code import run_js
    run_js("1 + 1")
def raise_limits():
    sys.modules.pop("resource", None)
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    bytearray(4 << 30)
attempt("read a file of yours", lambda: open(plan["secret"]).read())
attempt("list your folders", lambda: posix.listdir(plan["home"]) and posix.listdir(plan["folder"]))
attempt("write outside of its folder", lambda: open(plan["folder"] + "/planted", "w").close())
attempt("write over a file of yours", lambda: open(plan["secret"], "r+").write("x"))
attempt("change a file of yours", lambda: posix.chmod(plan["secret"], 0))
attempt("use the network", connect)
attempt("start a process", fork)
attempt("signal its parent", lambda: posix.kill(posix.getppid(), signal.SIGCONT))
attempt("signal everybody", lambda: posix.kill(-1, signal.SIGCONT))
attempt("read the memory of its parent", lambda: open("/proc/%d/mem" % posix.getppid(), "rb"))
attempt("use more memory than allowed", lambda: bytearray(plan["memory"]))
attempt("raise its limits", raise_limits)
attempt("reach JavaScript of the server", reach_javascript)
attempt("compile JavaScript", compile_javascript)
with open("own", "w") as file:
    file.write("own")
print(json.dumps({"could": could, "own": open("own").read()}))
attempt("run another program", lambda: posix.execv("/bin/true", ["true"]))
print("stayed")
`;

const ReportSchema = v.object({ could: v.array(v.string()), own: v.literal('own') });

/** Tries every wall of a sandbox with canaries. Returns what does not hold, in words, or null when all walls hold. */
export async function probe(sandbox: Sandbox): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-probe-'));
  const secret = join(folder, 'secret');
  const text = randomBytes(16).toString('hex');
  await writeFile(secret, text);
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  try {
    const port = await listen(server);
    const plan = JSON.stringify({ secret, folder, home: homedir(), port, memory: 4 * MEMORY_MB * 1024 * 1024 });
    const output = await outputOf(sandbox, plan);
    const [report, stayed] = output.split('\n');
    const parsed = v.safeParse(ReportSchema, json(report ?? ''));
    if (!parsed.success) return `a program could not run: ${output.trim().split('\n').at(-1)?.slice(0, 300) ?? ''}`;
    const could = [...parsed.output.could];
    if (stayed !== 'stayed') could.push('run another program');
    if (connections > 0) could.push('use the network');
    if ((await readdir(folder)).length !== 1 || (await readFile(secret, 'utf8')) !== text) could.push('change files of yours');
    return could.length === 0 ? null : `a program could ${could.join(', ')}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the program printed; nothing is expected, so that its output is always in the report of the failed test. */
async function outputOf(sandbox: Sandbox, input: string): Promise<string> {
  const suite = readySuite({ funcName: null, cases: [{ input, output: '' }] });
  if (isSuiteProblem(suite)) return suite.message;
  const box = await Box.start(await sandbox.command(false, MEMORY_MB));
  try {
    const { failed } = await grade(box, PROGRAM, suite, { ...DEFAULT_LIMITS, memoryMb: MEMORY_MB });
    return failed?.actual ?? failed?.error ?? '';
  } finally {
    await box.dispose();
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
