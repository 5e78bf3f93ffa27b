// Programs, quirks and hostile programs whose verdict in Pyodide is not the one that they get on Linux, by the reason (docs/security.md).

const REASONS: Readonly<Record<string, readonly string[]>> = {
  'there is one thread: another one runs where it is started': ['a thread that never ends', 'a pool of threads', 'the same by another name'],
  'alarms do not go off': ['that line', 'the checker has an alarm'],
  'there is no numpy': ['fn-np-2d', 'fn-np-in-tuple', 'fn-np-bool', 'fn-np-int64', 'fn-np-float'],
  'there is no sqlite3': ['modules of the library that are not loaded yet'],
  'memory is not shared by mapping a file': ['shared memory'],
  'files are in the memory of the program and limited with it': ['shared memory counts as a file', '/dev/shm is not writable'],
  'the stack is smaller for what is not Python\'s own recursion': ['nesting of twenty thousand levels'],
  'Python 3.13 compiles deeper expressions than 3.11': ['a longer one', 'but not 985', 'but not 988', 'a long sum, compiled before the recursion limit is raised'],
  'Python from 3.12 on prints integers slightly over the digit limit': ['int-50001-digits', 'fn-big-int-str'],
  'Python from 3.12 on accepts nested quotes in f-strings': ['fstring-312'],
};

/** By name or id. */
export const differsInPyodide: ReadonlyMap<string, string> = new Map(Object.entries(REASONS).flatMap(([reason, names]) => names.map((name) => [name, reason] as const)));

/** Sleeping is waiting with a busy processor in Pyodide: on a busy machine less of it is charged, and these may pass. */
export const dependsOnLoad: ReadonlySet<string> = new Set(['fn-import-too-slow']);
