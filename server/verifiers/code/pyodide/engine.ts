import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type ivm from 'isolated-vm';

// Pyodide in isolates of this process: compiled once, one isolate with one Python for each program. Nothing of Node is put into an isolate,
// not even a function: copies go in, one buffer comes out.

/** Where the parts are, as absolute paths. */
export interface EngineParts {
  readonly isolatedVm: string;
  readonly pyodide: string;
  /** The realm's script; from sources its TypeScript. */
  readonly realm: string;
  /** Folder of the Python files. */
  readonly runner: string;
}

/** What a program left instead of an answer. `exit`: it ended its process, with this code. */
export type NoAnswer = { readonly kind: 'exit'; readonly code: number } | { readonly kind: 'too-long' | 'crashed' | 'memory' };

/** Python for one program. */
export interface Python {
  /** Hands over one frame, on the calling thread: it is gone until the program has answered. */
  answer(type: string, payload: Uint8Array, mostBytes: number): Buffer | NoAnswer;
  /** Pages of 64 KB that the interpreter has taken. */
  pages(): number;
  dispose(): void;
}

/** Heap of one isolate, megabytes: objects of Pyodide's own JavaScript and the program's files. WebAssembly memory is not in it. */
const HEAP_MB = 256;
const PAGE = 65_536;
/** What Emscripten takes at most, in pages. */
export const MOST_PAGES = 65_535;

/** Names in Pyodide's package; the same in every installation. */
export const PYODIDE_FILES = { wasm: 'pyodide.asm.wasm', library: 'python_stdlib.zip', emscripten: 'pyodide.asm.js', loader: 'pyodide.mjs', lock: 'pyodide-lock.json', about: 'package.json' } as const;

export class Engine {
  readonly #ivm: typeof ivm;
  readonly #parts: EngineParts;
  readonly #module: ivm.ExternalCopy<object>;
  readonly #library: ivm.ExternalCopy<ArrayBuffer>;
  readonly #snapshot: ivm.ExternalCopy<ArrayBuffer> | null;
  /** Pyodide's own record of its versions, without the packages: nothing could be loaded. */
  readonly #lock: { readonly info: unknown; readonly packages: object };
  /** V8's code of the scripts, once one isolate has compiled them. */
  readonly #compiled = new Map<string, ivm.ExternalCopy<ArrayBuffer>>();
  readonly #scripts: { readonly realm: string; readonly emscripten: string; readonly loader: string };

  /** @param snapshot the interpreter's memory to start from; null to make it */
  constructor(parts: EngineParts, snapshot: Uint8Array | null) {
    this.#ivm = createRequire(import.meta.url)(parts.isolatedVm) as typeof ivm;
    this.#parts = parts;
    const text = (name: string): string => readFileSync(join(parts.pyodide, name), 'utf8');
    const bytes = (name: string): ivm.ExternalCopy<ArrayBuffer> => new this.#ivm.ExternalCopy(bufferOf(readFileSync(join(parts.pyodide, name))));
    const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } };
    this.#module = new this.#ivm.ExternalCopy(new wasm.Module(readFileSync(join(parts.pyodide, PYODIDE_FILES.wasm))));
    this.#library = bytes(PYODIDE_FILES.library);
    this.#snapshot = snapshot === null ? null : new this.#ivm.ExternalCopy(bufferOf(snapshot));
    const { info } = JSON.parse(text(PYODIDE_FILES.lock)) as { info: unknown };
    this.#lock = { info, packages: {} };
    const realm = readFileSync(parts.realm, 'utf8');
    this.#scripts = { realm: parts.realm.endsWith('.ts') ? stripTypeScriptTypes(realm) : realm, emscripten: text(PYODIDE_FILES.emscripten), loader: text(PYODIDE_FILES.loader) };
  }

  /** The interpreter's memory with all that programs share, for `snapshot` of other engines of this version. */
  makeSnapshot(): Uint8Array {
    const { isolate, booted } = this.#boot(MOST_PAGES, null);
    const result = booted.getSync('result', { copy: true });
    isolate.dispose();
    if (!(result instanceof ArrayBuffer)) throw new Error('Pyodide made no snapshot');
    return new Uint8Array(result);
  }

  /** A Python that no program has used, and that can take `bytes` of memory on top of its own. */
  start(bytes: number): Python {
    if (this.#snapshot === null) throw new Error('there is no snapshot to start from');
    const snapshot = this.#snapshot.copy();
    const maximum = Math.min(MOST_PAGES, Math.ceil((snapshot.byteLength + bytes) / PAGE));
    const { isolate, booted } = this.#boot(maximum, this.#snapshot);
    const functions = booted.getSync('result', { reference: true }) as ivm.Reference<{ answer: Answer; pages: () => number }>;
    const answer = functions.getSync('answer', { reference: true });
    const pages = functions.getSync('pages', { reference: true });
    return {
      answer: (type, payload, mostBytes) => {
        try {
          return readAnswer(answer.applySync(undefined, [type, bufferOf(payload), mostBytes], { arguments: { copy: true }, result: { copy: true } }), mostBytes);
        } catch (error) {
          return { kind: isolate.isDisposed || /memory limit/.test(String(error)) ? 'memory' : 'crashed' };
        }
      },
      pages: () => (isolate.isDisposed ? maximum : pages.applySync(undefined, [])),
      dispose: () => {
        if (!isolate.isDisposed) isolate.dispose();
      },
    };
  }

  /** A new isolate in which trusted code alone has run. */
  #boot(maximum: number, snapshot: ivm.ExternalCopy<ArrayBuffer> | null): { isolate: ivm.Isolate; booted: ivm.Reference<Record<string, unknown>> } {
    const isolate = new this.#ivm.Isolate({ memoryLimit: HEAP_MB });
    const context = isolate.createContextSync();
    context.evalSync(this.#scripts.realm, { filename: 'file:///realm.js' });
    const emscripten = isolate.compileScriptSync(this.#scripts.emscripten, this.#compileOptions('emscripten'));
    this.#keepCompiled('emscripten', emscripten);
    emscripten.runSync(context);
    const loader = isolate.compileModuleSync(this.#scripts.loader, this.#compileOptions('loader'));
    this.#keepCompiled('loader', loader);
    loader.instantiateSync(context, (name) => {
      throw new Error(`there is no ${name} to import`);
    });
    loader.evaluateSync();
    const load = loader.namespace.getSync('loadPyodide', { reference: true }) as ivm.Reference<unknown>;
    const boot = context.global.getSync('boot', { reference: true }) as ivm.Reference<(...values: unknown[]) => void>;
    context.global.deleteSync('boot');
    const wanted = { maximum, lock: this.#lock, files: snapshot === null ? this.#runnerFiles() : {} };
    // On this thread, whose stack is large: one of isolated-vm's own threads has half a megabyte on some systems.
    boot.applySync(undefined, [
      load.derefInto(), new this.#ivm.ExternalCopy(wanted).copyInto({ release: true }), this.#module.copyInto(), this.#library.copyInto(), snapshot?.copyInto() ?? null,
    ]);
    const booted = context.global.getSync('booted', { reference: true }) as ivm.Reference<Record<string, unknown>>;
    context.global.deleteSync('booted');
    const error = booted.getSync('error', { copy: true });
    if (typeof error === 'string') throw new Error(`Pyodide does not start: ${error}`);
    return { isolate, booted };
  }

  #runnerFiles(): Record<string, string> {
    const names = readdirSync(this.#parts.runner).filter((name) => name.endsWith('.py'));
    return Object.fromEntries(names.map((name) => [`/rlvr/${name}`, readFileSync(join(this.#parts.runner, name), 'utf8')]));
  }

  /** V8's code of the script from an earlier isolate; else the wish to get it. */
  #compileOptions(name: string): { filename: string; cachedData?: ivm.ExternalCopy<ArrayBuffer>; produceCachedData?: boolean } {
    const cachedData = this.#compiled.get(name);
    return { filename: `file:///${name}.js`, ...(cachedData === undefined ? { produceCachedData: true } : { cachedData }) };
  }

  #keepCompiled(name: string, script: ivm.CachedDataResult | object): void {
    if ('cachedData' in script && script.cachedData !== undefined) this.#compiled.set(name, script.cachedData);
  }
}

type Answer = (type: string, payload: ArrayBuffer, mostBytes: number) => unknown;

/** What came out of an isolate: whatever the program made of it. */
function readAnswer(value: unknown, mostBytes: number): Buffer | NoAnswer {
  if (value instanceof ArrayBuffer && value.byteLength <= mostBytes) return Buffer.from(value);
  if (value === -1) return { kind: 'too-long' };
  return typeof value === 'number' && value >= 0 && value < 256 ? { kind: 'exit', code: value } : { kind: 'crashed' };
}

/** A buffer of these bytes alone. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}
