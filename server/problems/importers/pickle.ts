const MARK = Symbol('mark');

/**
 * Reads a Python pickle that holds a text or a dict of texts and nothing else. A pickle is a program: every instruction that
 * could build or call anything is refused, so nothing of the file is ever executed.
 * Instructions: PROTO, FRAME, (SHORT_)BINUNICODE(8), MEMOIZE, BINPUT, BINGET, EMPTY_DICT, SETITEM(S), MARK, NONE, STOP.
 */
export function readPickle(bytes: Buffer): unknown {
  const stack: unknown[] = [];
  const memo: unknown[] = [];
  let at = 0;
  const need = (count: number): number => {
    const start = at;
    at += count;
    if (at > bytes.length) throw new Error('the pickle is cut off');
    return start;
  };
  const text = (length: number): string => { const start = need(length); return bytes.toString('utf8', start, start + length); };
  for (;;) {
    const code = bytes[need(1)];
    switch (code) {
      case 0x80: need(1); break;
      case 0x95: need(8); break;
      case 0x8c: stack.push(text(bytes[need(1)] ?? 0)); break;
      case 0x58: stack.push(text(bytes.readUInt32LE(need(4)))); break;
      case 0x8d: stack.push(text(Number(bytes.readBigUInt64LE(need(8))))); break;
      case 0x94: memo.push(stack.at(-1)); break;
      case 0x71: memo[bytes[need(1)] ?? 0] = stack.at(-1); break;
      case 0x72: memo[bytes.readUInt32LE(need(4))] = stack.at(-1); break;
      case 0x68: stack.push(memo[bytes[need(1)] ?? 0]); break;
      case 0x4e: stack.push(null); break;
      case 0x7d: stack.push(Object.create(null)); break;
      case 0x28: stack.push(MARK); break;
      case 0x73: setItems(stack, stack.splice(-2)); break;
      case 0x75: setItems(stack, stack.splice(stack.lastIndexOf(MARK)).slice(1)); break;
      case 0x2e: return stack.pop();
      default: throw new Error(`pickle instruction 0x${(code ?? 0).toString(16)} is not allowed: only texts and dicts of texts are read`);
    }
  }
}

function setItems(stack: readonly unknown[], items: readonly unknown[]): void {
  const target = stack.at(-1);
  if (typeof target !== 'object' || target === null) throw new Error('the pickle is damaged');
  for (let i = 0; i + 1 < items.length; i += 2) Object.defineProperty(target, String(items[i]), { value: items[i + 1], enumerable: true, configurable: true });
}
