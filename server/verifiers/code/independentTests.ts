// May a stdin program's tests run in another order than the list's? Its names are fresh in every test, because its top level is
// the body of a function; what lasts from test to test is in modules. A program whose text shows no way to change one cannot
// tell which test came before.

/** Names that can reach what lasts: the module's own names, other modules' insides, files, threads, signals, settings. */
const LASTING = new RegExp(`\\b(?:${[
  'global', 'globals', 'locals', 'vars', 'dir', 'setattr', 'delattr', 'getattr', 'exec', 'eval', 'compile', 'builtins', 'importlib', 'modules',
  'open', 'os', 'io', 'pathlib', 'shutil', 'tempfile', 'threading', '_thread', 'concurrent', 'multiprocessing', 'asyncio', 'subprocess', 'atexit',
  'signal', 'gc', 'ctypes', 'inspect', 'getcontext', 'setcontext', 'localcontext', 'resource', 'faulthandler', 'warnings', 'logging', 'numpy', 'locale', 'stderr',
].join('|')})\\b`);
/** What remains of double underscores when the main guard and methods of classes are taken away. */
const HARMLESS_DUNDERS = /__name__|['"]__main__['"]|\bdef\s+__\w+__|\b__slots__/g;
/** Settings made by a statement of the top level are made in every test alike. */
const TOP_LEVEL_LIMIT = /^(?:sys\.)?setrecursionlimit\([^\n]*\)[ \t]*(?:#[^\n]*)?$/gm;
const HARMLESS_SYS = /\bsys\.(?:stdin|stdout|exit|maxsize|version_info)\b|\bfile\s*=\s*sys\.stderr\b|\bsys\.stderr\.(?:write|flush)\b/g;
const IMPORTED = /^[ \t]*(?:import[ \t]+([^\n#;]+))/gm;
/** Modules that the checker's prelude imports. */
const PRELUDE = ['string', 're', 'datetime', 'collections', 'heapq', 'bisect', 'copy', 'math', 'random', 'statistics', 'itertools', 'functools', 'operator', 'json'];

/** False for every program of which it is not plain. Errs on that side; never looks at what a program does, only at its text. */
export function testsAreIndependent(code: string): boolean {
  const text = code.replace(HARMLESS_DUNDERS, '').replace(TOP_LEVEL_LIMIT, '').replace(/^[ \t]*(?:import|from)[ \t]+sys\b(?:[ \t]+import[ \t]+(?:stdin|stdout|exit|setrecursionlimit|,|[ \t])+)?$/gm, '').replace(HARMLESS_SYS, '');
  if (LASTING.test(text) || text.includes('__') || /\bsys\b|\bsetrecursionlimit\b|\bseed\b|\bstack_size\b/.test(text)) return false;
  const modules = [...PRELUDE, ...[...code.matchAll(IMPORTED)].flatMap(([, names = '']) => names.split(',').map((name) => name.trim().split(/\s+/).at(-1) ?? ''))]
    .filter((name) => /^\w+$/.test(name));
  // `module.name = value` in any form
  return !new RegExp(`\\b(?:${modules.join('|')})(?:\\.\\w+)+\\s*(?:[-+*/%|&^@]|//|\\*\\*|<<|>>)?=(?!=)`).test(text);
}
