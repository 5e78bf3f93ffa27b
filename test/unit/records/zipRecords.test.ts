import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib';
import { RecordFile } from '../../../server/records/recordFile.ts';
import { tempDir } from '../../support/tempDir.ts';

interface Member { readonly name: string; readonly content: string; readonly method: number; readonly packed: Buffer; readonly size?: number }

/** A zip file of the given members, as PKWARE's APPNOTE describes it. */
function zip(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method, packed, size } of members) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? Buffer.byteLength(content), 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, tail, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

const sample = (id: number): string => JSON.stringify({ id, epoch: 1, padding: 'x'.repeat(1000) });
const stored = (name: string, content: string): Member => ({ name, content, method: 0, packed: Buffer.from(content) });

test('samples of an Inspect log: stored, deflated, zstd in one and in several frames, in natural order', async (t) => {
  const path = join(tempDir(t), 'log.eval');
  const half = Buffer.from(sample(10)).subarray(0, 500);
  await writeFile(path, zip([
    stored('header.json', '{}'),
    { name: 'samples/10_epoch_1.json', content: sample(10), method: 93, packed: Buffer.concat([zstdCompressSync(half), zstdCompressSync(Buffer.from(sample(10)).subarray(500))]) },
    { name: 'samples/9_epoch_1.json', content: sample(9), method: 93, packed: zstdCompressSync(Buffer.from(sample(9))) },
    { name: 'samples/8_epoch_1.json', content: sample(8), method: 8, packed: deflateRawSync(sample(8)) },
    stored('samples/7_epoch_1.json', sample(7)),
    // A first frame that is taken for the whole member would go unnoticed without the directory's size.
    { name: 'samples/6_epoch_1.json', content: sample(6), method: 93, packed: zstdCompressSync(Buffer.from(sample(6)).subarray(0, 100)) },
    { name: 'samples/5_epoch_1.json', content: sample(5), method: 12, packed: Buffer.from('?') },
  ]));
  const file = await RecordFile.open(path);
  const ids: unknown[] = [];
  const issues: string[] = [];
  await file.scan({ record: ({ value }) => { ids.push((value as { id: number }).id); }, issue: ({ message }) => { issues.push(message); } }); // as written above
  assert.deepEqual(ids, [7, 8, 9, 10]);
  assert.equal(issues.length, 2);
  assert.match(issues[0] ?? '', /5_epoch_1.json: compression method 12/);
  assert.match(issues[1] ?? '', /6_epoch_1.json: unpacks to 100 bytes instead of/);
});

test('a cut-off zip file says so', async (t) => {
  const path = join(tempDir(t), 'log.eval');
  await writeFile(path, zip([stored('samples/1_epoch_1.json', sample(1))]).subarray(0, 300));
  const file = await RecordFile.open(path);
  const issues: string[] = [];
  await file.scan({ record: () => undefined, issue: ({ message }) => { issues.push(message); } });
  assert.match(issues[0] ?? '', /not a readable zip file: .*cut off or still being written/);
});
