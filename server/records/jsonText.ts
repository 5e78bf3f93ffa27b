import { isUtf8 } from 'node:buffer';

/** What the bytes of one record say: a value, with a remark about what had to be repaired, or why there is none. */
export type ParsedJson =
  | { readonly ok: true; readonly value: unknown; readonly remark: string | null; readonly badByte: number | null }
  | { readonly ok: false; readonly message: string; readonly badByte: number | null };

/** Repairing of NaN is not tried on longer records: it copies the text. */
const MAX_REPAIR = 16 * 1024 * 1024;

/**
 * Parses one JSON value. Bytes that are not UTF-8 become U+FFFD and are named; `NaN` and `Infinity`, which Python writes,
 * become null. `badByte` is relative to the start of the record.
 */
export function parseJson(bytes: Buffer): ParsedJson {
  const text = bytes.toString('utf8');
  const badByte = isUtf8(bytes) ? null : firstInvalidByte(bytes, text);
  const remark = badByte === null ? null : 'has bytes that are not UTF-8; they are shown as \uFFFD';
  try {
    return { ok: true, value: JSON.parse(text) as unknown, remark, badByte };
  } catch (error) {
    const repaired = text.length <= MAX_REPAIR ? withoutNaN(text) : text;
    if (repaired !== text) {
      try {
        return { ok: true, value: JSON.parse(repaired) as unknown, remark: remark ?? 'has NaN or Infinity, which JSON does not know; read as null', badByte };
      } catch { /* the first error says more */ }
    }
    return { ok: false, message: plainError(error), badByte };
  }
}

/** Replaces NaN, Infinity and -Infinity outside of strings. */
function withoutNaN(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gs, (match) => (match.startsWith('"') ? match : 'null'));
}

/** JSON.parse quotes the text in its message; only the first words and the position are of use. */
function plainError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  const cause = message.replace(/,? ?(?:\.\.\.)?"[\s\S]*$/, '').replace(/ in JSON at position[\s\S]*$/, '');
  return position === undefined ? cause : `${cause} at character ${position}`;
}

/** Offset of the first byte that is not UTF-8: where the decoded text has a U+FFFD that the bytes do not spell. */
function firstInvalidByte(bytes: Buffer, text: string): number {
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    if (!(bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd)) return offset;
    offset += 3;
    from = at + 1;
  }
  return 0;
}
