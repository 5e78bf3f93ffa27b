import { promisify } from 'node:util';
import { brotliCompressSync, brotliDecompress, constants } from 'node:zlib';
import * as v from 'valibot';
import { breather } from '../../records/work.ts';
import { DecontaminationModeSchema } from '../../protocol/decontamination.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { HASH_BYTES } from './hashing.ts';
import type { Boilerplate, IndexPart, ItemRecord } from './part.ts';
import { TOKENIZER_VERSION } from './tokens.ts';

/**
 * The saved form of an index, one brotli stream:
 *
 *     "RLVRIDX1"                         not compressed
 *     number of parts, then per part
 *       JSON header                      mode, n, tokenizer version, benchmarks (name, content hash, items)
 *       boilerplate math, code           n, count, 40-bit hashes
 *       items                            domain, names, equality hash, length, fingerprints, n-gram hashes
 *
 * Counts and lengths are varints; sorted fingerprints are stored as differences. There is no text of an item in it.
 */
const MAGIC = 'RLVRIDX1';
const MOST_BYTES = 256 * 1024 * 1024;

const HeaderSchema = v.object({
  mode: DecontaminationModeSchema,
  tokenizer: v.number(),
  lengths: v.object({ math: v.number(), code: v.number() }),
  benchmarks: v.array(v.object({ name: v.string(), hash: v.string(), items: v.number() })),
});

/** @param quality brotli 0..11; 11 for what is shipped */
export function encodeParts(parts: readonly IndexPart[], quality: number): Buffer {
  const out = new ByteWriter();
  out.varint(parts.length);
  for (const part of parts) {
    const { mode, lengths, benchmarks } = part;
    out.text(JSON.stringify({ mode, tokenizer: TOKENIZER_VERSION, lengths, benchmarks }));
    for (const { n, keys } of [part.boilerplate.math, part.boilerplate.code]) {
      out.varint(n);
      out.varint(keys.length);
      for (const key of keys) out.fixed(key, HASH_BYTES);
    }
    out.varint(part.items.length);
    for (const item of part.items) encodeItem(out, item);
  }
  const body = brotliCompressSync(out.done(), { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 22 } });
  return Buffer.concat([Buffer.from(MAGIC, 'latin1'), body]);
}

/** Rejects with an Error that says what is wrong when the bytes are not an index of this version. Works in slices. */
export async function decodeParts(bytes: Uint8Array): Promise<IndexPart[]> {
  if (Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC) throw new Error('not an index of benchmarks');
  const input = new ByteReader(await promisify(brotliDecompress)(bytes.subarray(MAGIC.length), { maxOutputLength: MOST_BYTES }));
  const breathe = breather();
  const parts: IndexPart[] = [];
  for (let left = input.varint(); left > 0; left--) {
    const { tokenizer, ...header } = v.parse(HeaderSchema, JSON.parse(input.text()));
    if (tokenizer !== TOKENIZER_VERSION) throw new Error(`the index was built with tokenizer ${tokenizer}, this program has ${TOKENIZER_VERSION}`);
    const boilerplate = { math: readBoilerplate(input), code: readBoilerplate(input) };
    await breathe();
    const items: ItemRecord[] = [];
    for (let count = input.varint(); count > 0; count--) {
      items.push(decodeItem(input, header.lengths));
      await breathe();
    }
    parts.push({ ...header, items, boilerplate });
  }
  return parts;
}

function readBoilerplate(input: ByteReader): Boilerplate {
  const n = input.varint();
  const keys: number[] = [];
  for (let count = input.varint(); count > 0; count--) keys.push(input.fixed(HASH_BYTES));
  return { n, keys };
}

function encodeItem(out: ByteWriter, item: ItemRecord): void {
  out.byte(item.domain === 'math' ? 0 : 1);
  out.varint(item.names.length);
  for (const name of item.names) {
    out.varint(name.benchmark);
    out.text(name.id);
  }
  out.fixed(item.equality, HASH_BYTES);
  out.varint(item.length);
  writeSorted(out, item.fingerprints.words);
  writeSorted(out, item.fingerprints.numbers);
  for (let i = 0; i < item.grams.low.length; i++) {
    out.fixed(item.grams.low[i] ?? 0, 4);
    out.byte(item.grams.high[i] ?? 0);
  }
}

function decodeItem(input: ByteReader, lengths: { math: number; code: number }): ItemRecord {
  const domain = input.byte() === 0 ? 'math' : 'code';
  const names: { benchmark: number; id: string }[] = [];
  for (let count = input.varint(); count > 0; count--) names.push({ benchmark: input.varint(), id: input.text() });
  const equality = input.fixed(HASH_BYTES);
  const length = input.varint();
  const fingerprints = { words: readSorted(input), numbers: readSorted(input) };
  const count = length < lengths[domain] ? 1 : length - lengths[domain] + 1;
  if (count > MOST_BYTES / HASH_BYTES) throw new RangeError('an item is longer than the file');
  const grams = { low: new Uint32Array(count), high: new Uint8Array(count) };
  for (let i = 0; i < count; i++) {
    grams.low[i] = input.fixed(4);
    grams.high[i] = input.byte();
  }
  return { names, domain, equality, length, grams, fingerprints };
}

function writeSorted(out: ByteWriter, values: Uint16Array): void {
  out.varint(values.length);
  let previous = 0;
  for (const value of values) {
    out.varint(value - previous);
    previous = value;
  }
}

function readSorted(input: ByteReader): Uint16Array {
  const count = input.varint();
  const values: number[] = [];
  for (let i = 0, value = 0; i < count; i++) {
    value += input.varint();
    values.push(value);
  }
  return Uint16Array.from(values);
}
