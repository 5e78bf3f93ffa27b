import { randomInt } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BoxCommand } from '../box.ts';
import type { Interpreter } from '../interpreter.ts';

/** Ways to contain a candidate, strongest first. */
export type SandboxKind = 'namespaces' | 'seccomp' | 'unsafe';

export interface BoxPlan {
  readonly kind: SandboxKind;
  readonly interpreter: Interpreter;
  /** Folder of the Python files that run in the box. */
  readonly runner: string;
  /** Loads numpy before the first candidate. */
  readonly numpy: boolean;
  /** Memory limit that the first candidate process is made with. */
  readonly memoryMb: number;
  /** bubblewrap's program; only for `namespaces`. */
  readonly bubblewrap: string | null;
  /** May candidates get a user id of their own (the server is root, and other users can read the interpreter)? */
  readonly ownUid: boolean;
}

const WORK_BYTES = 16 * 1024 * 1024;
const BOX_RUNNER = '/rlvr/runner';
const BOX_WORK = '/rlvr/work';
const SYSTEM_FOLDERS = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/localtime', '/etc/alternatives'];
const DEVICES = ['/dev/null', '/dev/zero', '/dev/full', '/dev/random', '/dev/urandom'];

const isRoot = (): boolean => process.getuid?.() === 0;

/** Command that starts one box. Makes a private folder on this machine where the kind needs one. */
export async function boxCommand(plan: BoxPlan): Promise<BoxCommand> {
  const uid = plan.ownUid ? candidateUid() : null;
  return plan.kind === 'namespaces' && plan.bubblewrap !== null
    ? inNamespaces(plan, plan.bubblewrap, uid)
    : await withoutNamespaces(plan, uid);
}

function inNamespaces(plan: BoxPlan, bubblewrap: string, uid: number | null): BoxCommand {
  const root = isRoot();
  const args = [
    ...(root ? [] : ['--unshare-user']), '--unshare-ipc', '--unshare-pid', '--unshare-net', '--unshare-uts', '--unshare-cgroup-try',
    '--die-with-parent', '--new-session', '--cap-drop', 'ALL',
    // Root inside needs just what gives each candidate its own user id and takes it away again.
    ...(root ? ['CAP_SETUID', 'CAP_SETGID', 'CAP_KILL', 'CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_FOWNER'].flatMap((name) => ['--cap-add', name]) : []),
    ...systemMounts(),
    ...interpreterMounts(plan.interpreter),
    '--perms', '0755', '--dir', dirname(BOX_RUNNER), '--ro-bind', plan.runner, BOX_RUNNER,
    '--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev',
    ...(uid === null ? [] : ['--perms', '1777']), '--size', String(WORK_BYTES), '--tmpfs', BOX_WORK,
    '--remount-ro', '/',
    '--chdir', '/',
  ];
  const config = runnerConfig(plan, BOX_RUNNER, BOX_WORK, uid, !root);
  return { file: bubblewrap, args: [...args, ...pythonArgs(plan, BOX_RUNNER, config)], env: boxEnvironment(BOX_WORK), cleanUp: async () => {} };
}

async function withoutNamespaces(plan: BoxPlan, uid: number | null): Promise<BoxCommand> {
  const work = await mkdtemp(join(tmpdir(), 'rlvr-box-'));
  if (uid !== null) await chown(work, uid, uid);
  const config = runnerConfig(plan, plan.runner, work, uid, false);
  const [file = plan.interpreter.executable, ...args] = pythonArgs(plan, plan.runner, config);
  return { file, args, env: boxEnvironment(work), cleanUp: () => rm(work, { recursive: true, force: true }) };
}

function runnerConfig(plan: BoxPlan, runner: string, work: string, uid: number | null, ownProcessCount: boolean): string {
  const contained = plan.kind !== 'unsafe';
  const rules = [
    ...[...SYSTEM_FOLDERS, ...SYSTEM_FILES, ...plan.interpreter.folders, runner].map((path) => [path, 'read']),
    ...DEVICES.map((path) => [path, 'device']),
    [work, 'work'],
  ];
  return JSON.stringify({
    runner, work, uid,
    path: plan.interpreter.path,
    prefixes: plan.interpreter.prefixes,
    // A folder of this machine goes when the server does, however that ends.
    removeWork: work !== BOX_WORK,
    numpy: plan.numpy,
    memoryBytes: plan.memoryMb * 1024 * 1024,
    seccomp: contained,
    landlock: contained ? rules : null,
    // In a user namespace the kernel counts the processes of the box alone.
    limitThreads: ownProcessCount,
  });
}

/** Without the code that installed packages run whenever a Python starts: all of it would be in every candidate. */
function pythonArgs(plan: BoxPlan, runner: string, config: string): string[] {
  return [plan.interpreter.executable, '-S', '-s', '-B', join(runner, 'helper.py'), config];
}

/** All that a candidate sees of an environment. The fixed hash seed makes verdicts repeatable. */
function boxEnvironment(work: string): Record<string, string> {
  return {
    PATH: '/usr/bin:/bin', HOME: work, TMPDIR: work, LANG: 'C.UTF-8', PYTHONHASHSEED: '0',
    OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', MALLOC_ARENA_MAX: '2',
  };
}

/** A user id that hardly anybody has: none of a user, of systemd, or of the usual ranges for containers. */
function candidateUid(): number {
  const mapped = readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const many = mapped.some(([inside = 0, , count = 0]) => inside <= 400_000 && inside + count >= 500_000);
  return many ? 400_000 + randomInt(100_000) : 20_000 + randomInt(40_000);
}

function systemMounts(): string[] {
  const mounts: string[] = [];
  for (const path of SYSTEM_FOLDERS) {
    if (!existsSync(path)) continue;
    if (lstatSync(path).isSymbolicLink()) mounts.push('--symlink', readlinkSync(path), path);
    else mounts.push('--ro-bind', path, path);
  }
  for (const path of SYSTEM_FILES) mounts.push('--ro-bind-try', path, path);
  return mounts;
}

/** The interpreter's folders, and above them empty folders that everybody may pass: bubblewrap would make them private. */
function interpreterMounts(interpreter: Interpreter): string[] {
  const paths = outermost(interpreter.folders).filter((path) => !SYSTEM_FOLDERS.some((folder) => path.startsWith(`${folder}/`)));
  const parents = new Set<string>();
  for (const path of paths) {
    for (let parent = dirname(path); parent !== '/'; parent = dirname(parent)) parents.add(parent);
  }
  return [
    ...[...parents].sort().flatMap((path) => ['--perms', '0755', '--dir', path]),
    ...paths.flatMap((path) => ['--ro-bind', path, path]),
  ];
}

/** Paths without those that lie inside others of the list. */
function outermost(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths)].sort();
  const kept: string[] = [];
  for (const path of sorted) {
    if (!kept.some((other) => path === other || path.startsWith(`${other}/`))) kept.push(path);
  }
  return kept;
}
