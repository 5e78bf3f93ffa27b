// Texts on their way into a box and out of it. One byte before the text says how it is encoded (channel.py).

const UTF8 = Buffer.from([0]);
const UTF16 = Buffer.from([1]);

/** UTF-8, or UTF-16 for texts with lone surrogates. */
export function encodeText(text: string): Buffer[] {
  return text.isWellFormed() ? [UTF8, Buffer.from(text, 'utf8')] : [UTF16, Buffer.from(text, 'utf16le')];
}

/** Reads what a candidate wrote. Never throws. */
export function decodeText(payload: Buffer): string {
  const mark = payload[0];
  if (mark === 0) return payload.toString('utf8', 1);
  return mark === 1 ? payload.toString('utf16le', 1) : payload.toString('utf8');
}

/** The first `max` characters. */
export function cut(text: string, max: number): { readonly text: string; readonly wasCut: boolean } {
  return text.length <= max ? { text, wasCut: false } : { text: text.slice(0, max), wasCut: true };
}
