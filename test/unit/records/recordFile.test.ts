import assert from 'node:assert/strict';
import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { FileIssue } from '../../../server/protocol/problem.ts';
import { IssueList } from '../../../server/records/issues.ts';
import type { FileRecord, ScanEnd } from '../../../server/records/record.ts';
import { RecordFile } from '../../../server/records/recordFile.ts';
import { peek } from '../../../server/records/peek.ts';
import { tempDir } from '../../support/tempDir.ts';

interface Read { readonly records: FileRecord[]; readonly issues: FileIssue[]; readonly end: ScanEnd; readonly file: RecordFile }

async function read(path: string, from?: ScanEnd): Promise<Read> {
  const file = await RecordFile.open(path);
  const records: FileRecord[] = [];
  const issues: FileIssue[] = [];
  const end = await file.scan({ record: (record) => { records.push(record); }, issue: (issue) => { issues.push(issue); } }, {}, from);
  return { records, issues, end, file };
}

async function written(t: { after(done: () => void): void }, name: string, content: string | Buffer): Promise<string> {
  const path = join(tempDir(t), name);
  await writeFile(path, content);
  return path;
}

test('the content decides, not the extension', async (t) => {
  const cases: readonly [name: string, content: string | Buffer, container: string, count: number][] = [
    ['lines.json', '{"a":1}\n{"a":2}\n\n', 'lines', 2],
    ['array.jsonl', '[{"a":1},{"a":2},{"a":3}]', 'json', 3],
    ['pretty.json', '[\n {\n  "a": 1\n }\n]\n', 'json', 1],
    ['listLines.jsonl', '[{"from":"human"}]\n[{"from":"human"}]\n', 'lines', 2],
    ['object.json', '{\n "a": 1\n}', 'json', 1],
    ['one.jsonl', '{"a": 1}', 'json', 1],
    ['samples.json', '{"version": 2, "samples": [{"a":1},{"a":2}]}', 'json', 2],
    ['packed.jsonl', gzipSync('{"a":1}\n{"a":2}\n'), 'lines', 2],
    ['damagedSecond.jsonl', '{"a":1}\n"b": 2}\n{"a":3}\n', 'lines', 2],
    ['nullSecond.jsonl', '{"a":1}\nnull\n{"a":3}\n', 'lines', 3],
    ['objectAndMore.json', '{"a":1} "b"\n', 'json', 0],
    ['bom.jsonl', '\uFEFF{"a":1}\r\n{"a":2}\r\n', 'lines', 2],
    ['empty.jsonl', '', 'empty', 0],
    ['picture.json', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'unknown', 0],
  ];
  for (const [name, content, container, count] of cases) {
    const { file, records } = await read(await written(t, name, content));
    assert.equal(file.container, container, name);
    assert.equal(records.length, count, name);
    for (const record of records) assert.deepEqual(await file.read(record), record.value, name);
    await file.close();
  }
});

test('torn lines, wrong bytes and blank lines cost only themselves', async (t) => {
  const path = await written(t, 'torn.jsonl', Buffer.concat([
    Buffer.from('{"a": 1}\n{"a": "to\n\n'), Buffer.from('{"a": "'), Buffer.from([0xff]), Buffer.from('"}\n{"a": NaN}\n{"a": 5}'),
  ]));
  const { records, issues } = await read(path);
  assert.deepEqual(records.map(({ value }) => value), [{ a: 1 }, { a: '\uFFFD' }, { a: null }, { a: 5 }]);
  assert.deepEqual(records.map(({ line }) => line), [0, 3, 4, 5]);
  assert.deepEqual(issues.map(({ line, byte, severity }) => [line, byte, severity]), [[1, 9, 'error'], [3, 27, 'warning'], [4, 31, 'warning']]);
  assert.match(issues[0]?.message ?? '', /line 2 is not JSON/);
});

test('a last line without its end is read again when the file has grown', async (t) => {
  const path = await written(t, 'growing.jsonl', '{"a":1}\n{"a":2');
  const first = await read(path);
  assert.equal(first.records.length, 1);
  assert.match(first.issues[0]?.message ?? '', /not finished/);
  await appendFile(path, '2}\n{"a":3}');
  const second = await read(path, first.end);
  assert.deepEqual(second.records.map(({ record, line, value }) => [record, line, value]), [[1, 1, { a: 22 }], [2, 2, { a: 3 }]]);
  assert.deepEqual(second.issues, []);
});

test('a cut-off array names the incomplete record', async (t) => {
  const { records, issues } = await read(await written(t, 'cut.json', '[{"a":1},{"a":2},{"a":'));
  assert.equal(records.length, 2);
  assert.equal(issues[0]?.message, 'record 3 is incomplete (byte 17): the file ends inside of it');
});

test('a damaged gzip file gives what could be unpacked', async (t) => {
  const whole = gzipSync(Array.from({ length: 20_000 }, (_, i) => `{"a":${String(i * 7919)}}\n`).join(''));
  const { records, issues, file } = await read(await written(t, 'cut.jsonl.gz', whole.subarray(0, whole.length / 2)));
  assert.ok(records.length > 100 && records.length < 20_000);
  assert.match(issues[0]?.message ?? '', /could not be unpacked to its end/);
  await file.close();
});

test('a small gzip file with junk behind it, or a wrong checksum, gives all its records', async (t) => {
  const whole = gzipSync('{"a":1}\n{"a":2}\n');
  const junk = await written(t, 'junk.jsonl.gz', Buffer.concat([whole, Buffer.from('junk')]));
  const unsure = await written(t, 'unsure.jsonl.gz', Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)]));
  for (const path of [junk, unsure]) {
    const { records, issues, file } = await read(path);
    assert.equal(records.length, 2);
    assert.match(issues[0]?.message ?? '', /could not be unpacked to its end: incorrect/);
    await file.close();
    assert.deepEqual((await peek(path, 5)).records, [{ a: 1 }, { a: 2 }]);
  }
});

test('a line of 30 MB is read and its neighbours too', async (t) => {
  const path = await written(t, 'long.jsonl', `{"a":1}\n{"a":"${'x'.repeat(30 * 1024 * 1024)}"}\n{"a":3}\n`);
  const { records, issues, file } = await read(path);
  assert.equal(records.length, 3);
  assert.deepEqual(issues, []);
  assert.deepEqual(await file.read(records[2] ?? { start: 0, end: 0 }), { a: 3 });
});

test('a cancelled scan stops', async (t) => {
  const path = await written(t, 'many.jsonl', '{"a":1}\n'.repeat(500_000));
  const file = await RecordFile.open(path);
  const abort = new AbortController();
  let seen = 0;
  await assert.rejects(file.scan({ issue: () => undefined, record: () => { seen += 1; if (seen === 1000) abort.abort(); } }, { signal: abort.signal }), { name: 'AbortError' });
  assert.ok(seen < 500_000);
});

test('a record knows its column, in lines and far into one long line', async (t) => {
  const columns = async (content: string): Promise<boolean> => {
    const { records, file } = await read(await written(t, 'a.json', content));
    const lines = content.split('\n');
    for (const record of records) {
      const found = await file.textOf(record);
      if (found === null || lines[record.line ?? -1]?.startsWith(found.text, found.column) !== true) return false;
    }
    return records.length > 0;
  };
  assert.ok(await columns('{"a":"é"}\n{"b":1}\n'));
  assert.ok(await columns(`[\n  {"a":1}, {"b":"${'é'.repeat(9)}"},\n{"c":3}]`));
  assert.ok(await columns(`[${Array.from({ length: 3000 }, (_, i) => JSON.stringify({ i, text: 'ä€'.repeat(20) })).join(',')}]`));
});

test('a file with more issues than are listed still says that a record is lost', async (t) => {
  const content = `${'{"a": NaN}\n'.repeat(300)}{"torn\n`;
  const { issues } = await read(await written(t, 'many.jsonl', content));
  const list = new IssueList();
  for (const issue of issues) list.add(issue);
  assert.equal(list.list().length, 201);
  assert.deepEqual(list.list().at(-1), { record: null, line: null, byte: null, field: null, severity: 'error', message: '101 more issues of this file are not listed' });
});
