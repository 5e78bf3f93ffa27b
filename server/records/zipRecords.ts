import { inflateRawSync, zstdDecompressSync } from 'node:zlib';
import { readBytes } from './byteReader.ts';
import { fileIssue } from './issues.ts';
import { parseJson } from './jsonText.ts';
import { SCAN_START } from './record.ts';
import type { ScanEnd, Visitor } from './record.ts';
import type { Work } from './work.ts';
import { breather, messageOf } from './work.ts';

interface Member {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly headerAt: number;
}

const END_OF_DIRECTORY = 0x06054b50, DIRECTORY_ENTRY = 0x02014b50, ZIP64_LOCATOR = 0x07064b50, ZIP64_END = 0x06064b50;
const STORED = 0, DEFLATE = 8, ZSTD = 93;
const MAX_MEMBER = 256 * 1024 * 1024;

/** The sample members of an Inspect log (`samples/<id>_epoch_<n>.json`), each a record; `start` of a place is the member's number. */
export class ZipRecords {
  readonly #path: string;
  readonly #samples: readonly Member[];

  private constructor(path: string, samples: readonly Member[]) {
    this.#path = path;
    this.#samples = samples;
  }

  static async open(path: string, size: number): Promise<ZipRecords> {
    const members = await directoryOf(path, size);
    const samples = members.filter((member) => /^samples\/.*\.json$/.test(member.name)).sort((a, b) => naturalOrder(a.name, b.name));
    return new ZipRecords(path, samples);
  }

  async scan(visitor: Visitor, work: Work): Promise<ScanEnd> {
    const breathe = breather(work.signal);
    if (this.#samples.length === 0) visitor.issue(fileIssue('warning', 'the zip file has no samples/*.json; only Inspect logs are read'));
    for (const [record, member] of this.#samples.entries()) {
      work.signal?.throwIfAborted();
      try {
        await visitor.record({ record, line: null, start: record, end: record + 1, value: await this.read(record) });
      } catch (error) {
        visitor.issue(fileIssue('error', `${member.name}: ${messageOf(error)}`, { record }));
      }
      work.progress?.({ done: record + 1, total: this.#samples.length });
      await breathe();
    }
    return { ...SCAN_START, records: this.#samples.length };
  }

  first(count: number): Promise<unknown[]> {
    return Promise.all(this.#samples.slice(0, count).map((_, index) => this.read(index)));
  }

  async read(index: number): Promise<unknown> {
    const member = this.#samples[index];
    if (member === undefined) throw new Error('no such sample');
    const parsed = parseJson(await unpack(this.#path, member));
    if (!parsed.ok) throw new Error(`not JSON: ${parsed.message}`);
    return parsed.value;
  }
}

/** `2_epoch_1` before `10_epoch_1`. */
function naturalOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Entries of the central directory (PKWARE APPNOTE 4.3.12; zip64 as in 4.3.14 to 4.3.16). */
async function directoryOf(path: string, size: number): Promise<Member[]> {
  const tail = await readBytes(path, Math.max(0, size - 65_557 - 20), size);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END_OF_DIRECTORY) at -= 1;
  if (at < 0) throw new Error('the directory at its end is missing: the file is cut off or still being written');
  let start = tail.readUInt32LE(at + 16);
  let length = tail.readUInt32LE(at + 12);
  if ((start === 0xffffffff || length === 0xffffffff) && at >= 20 && tail.readUInt32LE(at - 20) === ZIP64_LOCATOR) {
    const end64 = await readBytes(path, Number(tail.readBigUInt64LE(at - 12)), Number(tail.readBigUInt64LE(at - 12)) + 56);
    if (end64.length < 56 || end64.readUInt32LE(0) !== ZIP64_END) throw new Error('its zip64 directory is damaged');
    length = Number(end64.readBigUInt64LE(40));
    start = Number(end64.readBigUInt64LE(48));
  }
  const directory = await readBytes(path, start, Math.min(size, start + length));
  const members: Member[] = [];
  for (let p = 0; p + 46 <= directory.length && directory.readUInt32LE(p) === DIRECTORY_ENTRY;) {
    const nameLength = directory.readUInt16LE(p + 28);
    const extraLength = directory.readUInt16LE(p + 30);
    const extra = directory.subarray(p + 46 + nameLength, p + 46 + nameLength + extraLength);
    members.push(memberOf(directory, p, directory.toString('utf8', p + 46, p + 46 + nameLength), extra));
    p += 46 + nameLength + extraLength + directory.readUInt16LE(p + 32);
  }
  return members;
}

function memberOf(directory: Buffer, p: number, name: string, extra: Buffer): Member {
  let unpacked = directory.readUInt32LE(p + 24);
  let packed = directory.readUInt32LE(p + 20);
  let headerAt = directory.readUInt32LE(p + 42);
  for (let e = 0; e + 4 <= extra.length; e += 4 + extra.readUInt16LE(e + 2)) {
    if (extra.readUInt16LE(e) !== 1) continue;
    let field = e + 4;
    const next = (): number => { const value = Number(extra.readBigUInt64LE(field)); field += 8; return value; };
    if (unpacked === 0xffffffff) unpacked = next();
    if (packed === 0xffffffff) packed = next();
    if (headerAt === 0xffffffff) headerAt = next();
  }
  return { name, method: directory.readUInt16LE(p + 10), packed, unpacked, headerAt };
}

async function unpack(path: string, member: Member): Promise<Buffer> {
  if (member.unpacked > MAX_MEMBER) throw new Error(`unpacks to ${String(member.unpacked)} bytes, which is more than is read`);
  const header = await readBytes(path, member.headerAt, member.headerAt + 30);
  if (header.length < 30) throw new Error('lies outside of the file');
  const start = member.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = await readBytes(path, start, start + member.packed);
  const bytes = inflate(packed, member);
  if (bytes.length !== member.unpacked) throw new Error(`unpacks to ${String(bytes.length)} bytes instead of ${String(member.unpacked)}`);
  return bytes;
}

function inflate(packed: Buffer, member: Member): Buffer {
  switch (member.method) {
    case STORED: return packed;
    case DEFLATE: return inflateRawSync(packed, { maxOutputLength: member.unpacked + 1 });
    case ZSTD: return allZstdFrames(packed, member.unpacked);
    default: throw new Error(`compression method ${String(member.method)} is not known`);
  }
}

/** Node decodes only the first frame of a zstd stream and says nothing (formats.md section 3): go on where it stopped. */
function allZstdFrames(packed: Buffer, unpacked: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < packed.length;) {
    // The types of Node do not know that `info` makes it return the engine beside the bytes.
    const frame = zstdDecompressSync(packed.subarray(at), { info: true, maxOutputLength: unpacked + 1 }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (frame.engine.bytesWritten <= 0) throw new Error('its zstd data is damaged');
    parts.push(frame.buffer);
    at += frame.engine.bytesWritten;
  }
  return Buffer.concat(parts);
}
