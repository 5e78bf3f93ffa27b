// Runs in an isolate before Pyodide does, and brings Python up. V8 alone has none of the web's functions: the few that Pyodide needs are
// written here in plain JavaScript, so that no function of the host is reachable from the isolate. Defines `boot`, which the host takes away
// before a program runs.
(() => {
  // What is used after a program ran is bound now: the program can change every prototype and global of this realm.
  const { apply, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const Bytes = Uint8Array;
  const realm = globalThis as unknown as Record<string, unknown>;
  /** What is used of WebAssembly: Node's types have none of its values. */
  interface Wasm {
    readonly Memory: new (limits: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer };
    readonly Module: new (source: ArrayBuffer | ArrayBufferView) => object;
    readonly Instance: new (module: object, imports: unknown) => object;
  }
  const wasm = realm['WebAssembly'] as Wasm;
  const { Memory, Module, Instance } = wasm;
  const typedArray: object = getPrototypeOf(Bytes.prototype) as object;
  const getter = (of: object, name: string): ((this: unknown) => unknown) => {
    const get = getOwnPropertyDescriptor(of, name)?.get;
    if (get === undefined) throw new Error(`no getter ${name}`);
    return get;
  };
  const lengthOf = getter(typedArray, 'byteLength');
  const bufferOf = getter(typedArray, 'buffer');
  const memoryBuffer = getter(Memory.prototype as object, 'buffer');
  const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');
  const setBytes = Bytes.prototype.set;

  // ---- TextDecoder, TextEncoder

  const { fromCharCode } = String;

  function bytesOf(source: unknown): Uint8Array {
    if (source === undefined) return new Bytes(0);
    return ArrayBuffer.isView(source) ? new Bytes(source.buffer, source.byteOffset, source.byteLength) : new Bytes(source as ArrayBuffer);
  }

  function textOf(units: Uint16Array | Uint8Array): string {
    let text = '';
    for (let i = 0; i < units.length; i += 8192) text += fromCharCode(...units.subarray(i, i + 8192));
    return text;
  }

  /** UTF-8 as the web decodes it: one replacement character for the longest start of a sequence that is not one. */
  function decodeUtf8(bytes: Uint8Array, fatal: boolean): string {
    const units = new Uint16Array(bytes.length);
    let n = 0;
    let i = 0;
    while (i < bytes.length) {
      const lead = bytes[i++] ?? 0;
      if (lead < 0x80) {
        units[n++] = lead;
        continue;
      }
      const more = lead >= 0xc2 && lead <= 0xdf ? 1 : (lead & 0xf0) === 0xe0 ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
      let bad = more === 0;
      let point = more === 1 ? lead & 31 : more === 2 ? lead & 15 : lead & 7;
      let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
      let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
      for (let k = 0; k < more && !bad; k++) {
        const next = bytes[i];
        if (next === undefined || next < low || next > high) bad = true;
        else {
          point = (point << 6) | (next & 63);
          i++;
        }
        low = 0x80;
        high = 0xbf;
      }
      if (bad) {
        if (fatal) throw new TypeError('The encoded data was not valid');
        point = 0xfffd;
      }
      if (point > 0xffff) {
        point -= 0x10000;
        units[n++] = 0xd800 | (point >> 10);
        units[n++] = 0xdc00 | (point & 1023);
      } else units[n++] = point;
    }
    return textOf(units.subarray(0, n));
  }

  class Decoder {
    readonly encoding: string;
    readonly fatal: boolean;
    readonly ignoreBOM: boolean;

    constructor(label = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
      const name = label.toLowerCase();
      const known = /^utf-?8$/.test(name) ? 'utf-8' : /^utf-?16(-?le)?$/.test(name) ? 'utf-16le' : /^(latin-?1|iso-?8859-1|(us-)?ascii|windows-1252)$/.test(name) ? 'latin1' : null;
      if (known === null) throw new RangeError(`unknown encoding ${name}`);
      this.encoding = known;
      this.fatal = options.fatal === true;
      this.ignoreBOM = options.ignoreBOM === true;
    }

    decode(input?: unknown): string {
      const bytes = bytesOf(input);
      if (this.encoding === 'latin1') return textOf(bytes);
      if (this.encoding === 'utf-16le') return textOf(Uint16Array.from({ length: bytes.length >> 1 }, (_, i) => (bytes[2 * i] ?? 0) | ((bytes[2 * i + 1] ?? 0) << 8)));
      const marked = !this.ignoreBOM && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      return decodeUtf8(marked ? bytes.subarray(3) : bytes, this.fatal);
    }
  }

  class Encoder {
    get encoding(): string {
      return 'utf-8';
    }

    encode(source = ''): Uint8Array {
      const out = new Bytes(source.length * 3);
      return out.slice(0, this.encodeInto(source, out).written);
    }

    encodeInto(source: string, out: Uint8Array): { read: number; written: number } {
      let n = 0;
      let i = 0;
      for (; i < source.length; i++) {
        let point = source.codePointAt(i) ?? 0;
        const pair = point > 0xffff;
        if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
        const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        if (n + size > out.length) break;
        if (size === 1) out[n++] = point;
        else {
          out[n++] = (size === 2 ? 0xc0 : size === 3 ? 0xe0 : 0xf0) | (point >> (6 * (size - 1)));
          for (let k = size - 2; k >= 0; k--) out[n++] = 0x80 | ((point >> (6 * k)) & 63);
        }
        if (pair) i++;
      }
      return { read: i, written: n };
    }
  }

  // ---- clock, random numbers, timers, console

  const begun = Date.now();

  function randomBytes(count: number): Uint8Array {
    return Bytes.from({ length: count }, () => Math.random() * 256);
  }

  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

  function base64(bytes: Uint8Array): string {
    let text = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      for (let k = 0; k < 4; k++) text += i + k > bytes.length ? '=' : DIGITS.charAt((three >> (18 - 6 * k)) & 63);
    }
    return text;
  }

  let notes = '';

  function note(...values: unknown[]): void {
    if (notes.length > 10_000) return;
    notes += `${values.map((value) => (value instanceof Error ? value.stack ?? value.message : String(value))).join(' ')}\n`.slice(0, 2000);
  }

  const unavailable = (): never => {
    throw new Error('there are no files');
  };

  Object.assign(realm, {
    TextDecoder: Decoder,
    TextEncoder: Encoder,
    performance: { now: () => Date.now() - begun },
    crypto: {
      getRandomValues: (view: ArrayBufferView) => {
        bytesOf(view).set(randomBytes(view.byteLength));
        return view;
      },
    },
    // Emscripten's "shell" asks `os.system('sh', ['-c', 'head -c32 /dev/urandom | base64'])`.
    os: { system: (_shell: string, [, command]: readonly string[]) => base64(randomBytes(Number(/-c(\d+)/.exec(command ?? '')?.[1]))) },
    setTimeout: () => 0,
    clearTimeout: () => undefined,
    console: { log: note, info: note, warn: note, error: note, debug: note },
    // With these two, and without window, process and WorkerGlobalScope, Pyodide and Emscripten see a JavaScript shell.
    read: unavailable,
    load: unavailable,
  });

  /** Pyodide's own program, compiled by the host. */
  let program: object | null = null;

  // Asynchronous compilation ends in a task of the host's event loop, which an isolate sees only when that comes by. The loader compiles
  // already when it is evaluated.
  Object.assign(wasm, {
    compile: (source: ArrayBuffer) => Promise.resolve(new Module(source)),
    instantiate: (source: object, imports: unknown) => {
      if (!(source instanceof ArrayBuffer) && !ArrayBuffer.isView(source)) return Promise.resolve(new Instance(source, imports));
      const module = source.byteLength === 0 && program !== null ? program : new Module(source);
      return Promise.resolve({ module, instance: new Instance(module, imports) });
    },
  });

  /**
   * Takes from the realm every way from text to code, and every kind of memory that isolated-vm does not count. Hardening: the walls
   * are the isolate and the process around it.
   */
  function close(): void {
    // Pyodide asks `x instanceof Function`: names stay, and constructors that construct nothing take their place.
    const hollow = (real: { readonly prototype: object }): unknown => {
      const stand = function (): never {
        throw new TypeError('not available');
      };
      Object.defineProperty(stand, 'prototype', { value: real.prototype, writable: false });
      Object.defineProperty(real.prototype, 'constructor', { value: stand, writable: false, configurable: false });
      return stand;
    };
    const functions = [async () => {}, function* () {}, async function* () {}].map((sample) => sample.constructor as unknown as { prototype: object });
    for (const real of functions) hollow(real);
    realm['Function'] = hollow(Function);
    const members = wasm as unknown as Record<PropertyKey, unknown>;
    for (const name of ownKeys(wasm)) {
      const real = members[name];
      if (typeof real === 'function') members[name] = real.prototype === undefined ? undefined : hollow(real);
    }
    realm['SharedArrayBuffer'] = hollow(SharedArrayBuffer);
    for (const name of ['read', 'load', 'readbuffer', 'eval', 'Atomics', '_createPyodideModule']) deleteProperty(realm, name);
  }

  // ---- Python

  interface Proxy {
    getBuffer(type: 'u8'): { readonly data: unknown; release(): void };
    destroy(): void;
  }

  interface Python {
    runPython(code: string): unknown;
    makeMemorySnapshot(): Uint8Array;
  }

  interface FileSystem {
    mkdirTree(path: string): void;
    writeFile(path: string, text: string): void;
  }

  interface Wanted {
    /** Pages of 64 KB. */
    readonly maximum: number;
    readonly lock: unknown;
    /** Files of the runner, by path; only where there is no snapshot. */
    readonly files: Readonly<Record<string, string>>;
  }

  type Load = (options: Record<string, unknown>) => Promise<Python>;
  type Create = (settings: Record<string, unknown>) => Promise<unknown>;

  /** Numbers below an exit code (`NoAnswer` in engine.ts). */
  const TOO_LONG = -1;
  const CRASHED = -2;

  /** Pages that Pyodide asks for when it starts without a snapshot. */
  const FIRST_PAGES = 320;

  /**
   * Brings Python up. The outcome is the memory of the interpreter where none was given to go on from; else two functions: `answer` hands one
   * frame to the program and returns the one that answers, or a number where there is none (`NoAnswer` in engine.ts), `pages` says how much memory
   * the interpreter has taken. They throw nothing of the program's.
   */
  async function boot(load: Load, wanted: Wanted, module: object, library: ArrayBuffer, snapshot: ArrayBuffer | null): Promise<unknown> {
    program = module;
    const memory = new Memory({ initial: snapshot === null ? FIRST_PAGES : snapshot.byteLength / 65_536, maximum: wanted.maximum });
    const create = realm['_createPyodideModule'] as Create;
    Object.assign(realm, {
      readbuffer: (name: string) => (name.endsWith('.zip') ? library : new ArrayBuffer(0)), // empty: the wasm, which is compiled already
      _createPyodideModule: (settings: Record<string, unknown>) => create(Object.assign(settings, { wasmMemory: memory })),
    });
    let python: Python;
    try {
      python = await load({
        indexURL: '/', lockFileContents: wanted.lock, stdout: note, stderr: note, stdin: () => undefined, jsglobals: globalThis,
        env: { HOME: '/home/pyodide', PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONINSPECT: '', TZ: 'UTC' },
        fsInit: (files: FileSystem) => {
          files.mkdirTree('/rlvr');
          for (const [path, text] of Object.entries(wanted.files)) files.writeFile(path, text);
          return Promise.resolve();
        },
        ...(snapshot === null ? { _makeSnapshot: true } : { _loadSnapshot: new Bytes(snapshot) }),
      });
      if (snapshot === null) {
        python.runPython('import sys; sys.path.insert(0, "/rlvr")\nimport _pyodide, in_pyodide\n_pyodide.rlvr_begin = in_pyodide.prepare()\ndel in_pyodide, _pyodide, sys');
        const bytes = python.makeMemorySnapshot();
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      }
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n${notes}`, { cause: error });
    }
    const answer = python.runPython('vars(__import__("_pyodide")).pop("rlvr_begin")()') as (kind: string, payload: unknown) => Proxy;
    close();
    return {
      answer: (kind: string, payload: ArrayBuffer, most: number): ArrayBuffer | number => {
        try {
          const proxy = answer(kind, new Bytes(payload));
          const buffer = proxy.getBuffer('u8');
          const size = apply(lengthOf, buffer.data, []) as number; // throws where it is no typed array
          if (size > most) return TOO_LONG;
          const copy = new Bytes(size);
          apply(setBytes, copy, [buffer.data]);
          buffer.release();
          proxy.destroy();
          return apply(bufferOf, copy, []) as ArrayBuffer;
        } catch (error) {
          const status: unknown = error instanceof Object ? getOwnPropertyDescriptor(error, 'status')?.value : undefined; // Emscripten's ExitStatus
          return typeof status === 'number' && status >= 0 && status < 256 ? status | 0 : CRASHED;
        }
      },
      pages: (): number => (apply(bufferLength, apply(memoryBuffer, memory, []), []) as number) / 65_536,
    };
  }

  /** Settled when the call returns: nothing in it waits for the host. */
  realm['boot'] = (...wanted: Parameters<typeof boot>): void => {
    boot(...wanted).then(
      (result) => { realm['booted'] = { result }; },
      (error: unknown) => { realm['booted'] = { error: error instanceof Error ? error.message : String(error) }; },
    );
  };
})();
