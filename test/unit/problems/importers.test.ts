import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { finishProblem, invalidReason } from '../../../server/problems/finish.ts';
import { RecordReader } from '../../../server/problems/importers/all.ts';
import { readPickle } from '../../../server/problems/importers/pickle.ts';
import { NotALiteral, readLiteral } from '../../../server/problems/importers/pythonLiteral.ts';
import { testsFrom } from '../../../server/problems/importers/tests.ts';
import type { Problem } from '../../../server/protocol/problem.ts';
import { parseJson } from '../../../server/records/jsonText.ts';

function read(record: unknown): { readonly schema: string | null; readonly problem: Problem } {
  const reader = new RecordReader();
  const result = reader.read(record);
  assert.ok(result.ok, result.ok ? '' : result.message);
  return { schema: reader.schema, problem: finishProblem(result.draft, { file: '/data/set.jsonl', row: 3, line: 3 }) };
}

const math: readonly [schema: string, record: unknown, statement: string, answer: string | null][] = [
  ['rlvr', { id: 'a', domain: 'math', problem: 'What is 1+1?', answer: 2 }, 'What is 1+1?', '2'],
  ['verl', { data_source: 'x', prompt: [{ role: 'user', content: "What is $2+3$? Let's think step by step and output the final answer within \\boxed{}." }], ability: 'math', reward_model: { style: 'rule', ground_truth: 142.0 }, extra_info: { index: 0 } }, 'What is $2+3$?', '142'],
  ['verl', { data_source: 's', prompt: [{ role: 'user', content: 'Q' }], ability: 'math', reward_model: { ground_truth: '["\\\\frac{3}{7}"]' } }, 'Q', '\\frac{3}{7}'],
  ['verl', { data_source: 'd', prompt: [{ role: 'user', content: 'Solve the following math problem step by step. The last line of your response should be of the form Answer: $Answer (without quotes) where $Answer is the answer to the problem.\n\nFind x.\n\nRemember to put your answer on its own line after "Answer:".' }], ability: 'MATH', reward_model: { ground_truth: '5' } }, 'Find x.', '5'],
  ['deepscaler', { problem: 'P', answer: '60', solution: '' }, 'P', '60'],
  ['acereason-math', { problem: 'P', answer: '-4' }, 'P', '-4'],
  ['ttrl', { prompt: 'P', answer: '1', source: 's', id: 'x' }, 'P', '1'],
  ['nemo-gym', { responses_create_params: { input: [{ role: 'user', content: 'P\nPlease reason step by step, and put your final answer within \\boxed{{}}.' }] }, question: 'P\nPlease reason step by step, and put your final answer within \\boxed{{}}.', answer: '7' }, 'P', '7'],
  ['orz', [{ from: 'Human', value: 'P' }, { from: 'Assistant', ground_truth: { value: '62' } }], 'P', '62'],
  ['orz-eval', { prompt: [{ from: 'user', value: 'P' }], final_answer: '3' }, 'P', '3'],
  ['gsm8k', { question: 'P', answer: 'Half of 2,400 is <<2400/2=1200>>1200.\n#### 1,200' }, 'P', '1200'],
  ['math', { problem: 'P', solution: 'so \\boxed{\\frac{1}{2}}', level: 'Level 5', type: 'Algebra' }, 'P', '\\frac{1}{2}'],
  ['olympiadbench', { id: 1, question: 'P', final_answer: ['2', '3'], context: null, solution: ['s'] }, 'P', '2, 3'],
  ['numinamath-1.5', { problem: 'P', answer: 'notfound', question_type: 'proof', source: 'olympiads' }, 'P', null],
  ['numinamath-cot', { problem: 'P', solution: '\\boxed{9}', source: 's', messages: [] }, 'P', '9'],
  ['big-math', { problem: 'P', answer: '1', llama8b_solve_rate: 0.5, source: 's', domain: [] }, 'P', '1'],
  ['polaris', { problem: 'P', answer: '1', difficulty: '5/8' }, 'P', '1'],
  ['omni-math', { problem: 'P', answer: '1', domain: ['a'], difficulty: 8.0 }, 'P', '1'],
  ['deepmath', { question: 'P', final_answer: '1', topic: 't', difficulty: 5 }, 'P', '1'],
  ['collegemath', { question: 'P', answer: '$5$', data_topic: 't', data_source: 'd', question_number: '1' }, 'P', '$5$'],
  ['aime-capitalised', { Problem: 'P', Answer: 113, ID: '2024-I-1' }, 'P', '113'],
  ['ape210k', { id: '1', original_text: 'P', segmented_text: 'P', equation: 'x=1', ans: '1' }, 'P', '1'],
  ['aqua', { question: 'P', options: ['A)1', 'B)2'], rationale: '', correct: 'B' }, 'P\nA)1\nB)2', 'B'],
];

for (const [schema, record, statement, answer] of math) {
  test(`math record of ${schema}: ${JSON.stringify(record).slice(0, 50)}`, () => {
    const found = read(record);
    assert.equal(found.schema, schema);
    assert.equal(found.problem.domain, 'math');
    assert.equal(found.problem.statement, statement);
    assert.equal(found.problem.answer, answer);
    assert.equal(invalidReason(found.problem), answer === null ? 'no answer' : null);
  });
}

const functional = { funcName: 'total', cases: [{ input: '[1,2]\n3', output: '6' }] };
const stdin = { funcName: null, cases: [{ input: '1 2\n', output: '3\n' }] };
const pickled = (text: string): string => deflateSync(Buffer.concat([Buffer.from([0x80, 4, 0x58, ...u32(Buffer.byteLength(text))]), Buffer.from(text), Buffer.from([0x94, 0x2e])])).toString('base64');
const u32 = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >> 24];

const code: readonly [schema: string, record: unknown, tests: Problem['tests']][] = [
  ['rlvr', { id: 'c', problem: 'P', tests: { func_name: 'total', cases: functional.cases, time_limit_s: 2, memory_mb: 256 } }, { ...functional, timeLimitSeconds: 2, memoryMb: 256 }],
  ['livecodebench', { question_id: '1', question_content: 'P', public_test_cases: JSON.stringify([{ input: '1 2\n', output: '3\n', testtype: 'stdin' }]), private_test_cases: pickled(JSON.stringify([{ input: '4 5\n', output: '9\n', testtype: 'stdin' }])), metadata: '{}' }, { funcName: null, cases: [...stdin.cases, { input: '4 5\n', output: '9\n' }] }],
  ['livecodebench', { question_id: '2', question_content: 'P', public_test_cases: [{ input: '[1,2]\n3', output: '6', testtype: 'functional' }], private_test_cases: [], metadata: { func_name: 'total' }, time_limit_s: 3, memory_mb: 64 }, { ...functional, timeLimitSeconds: 3, memoryMb: 64 }],
  ['verl', { data_source: 'taco', prompt: [{ role: 'user', content: 'P' }], ability: 'code', reward_model: { ground_truth: JSON.stringify({ inputs: ['1 2\n'], outputs: ['3\n'] }) } }, stdin],
  ['taco', { question: 'P', input_output: JSON.stringify({ inputs: [[[1, 2], 3]], outputs: [[6]], fn_name: 'total' }), starter_code: '', time_limit: '2.0 seconds', memory_limit: '256.0 megabytes', solutions: '[]' }, { ...functional, timeLimitSeconds: 2, memoryMb: 256 }],
  ['taco', { problem_id: 1, question: 'P', input_output: '', starter_code: '', solutions: '', difficulty: 'interview' }, null],
  ['codecontests', { name: 'n', description: 'P', public_tests: { input: ['1 2\n'], output: ['3\n'] }, private_tests: { input: [], output: [] }, time_limit: { seconds: 1, nanos: 500000000 } }, { ...stdin, timeLimitSeconds: 1.5 }],
  ['deepcoder', { problem: 'P', tests: JSON.stringify([{ type: 'function_call', fn_name: 'total', input: [[1, 2], 3], output: [6] }]) }, functional],
  ['deepcoder', { problem: 'P\nTime Limit: 1000 ms\nMemory Limit: 256 MB\n', tests: [{ input: '1 2\n', output: '3\n' }] }, { ...stdin, timeLimitSeconds: 1, memoryMb: 256 }],
  ['deepcoder', { problem: 'class Solution:\n    def total(self, xs, y):', tests: { functional: 'def check(candidate):\n    assert candidate(xs = [1,2], y = 3) == 6\n\ncheck(Solution().total)' } }, functional],
  ['primeintellect', { prompt: 'Solve the following coding problem using the programming language python:\n\nP', problem_id: 'v', verification_info: JSON.stringify({ language: 'python', test_cases: [{ type: 'stdin_stdout', input: '1 2\n', output: '3\n' }] }), gold_standard_solution: '' }, stdin],
  ['sandboxfusion', { id: 1, content: 'P', test: JSON.stringify([{ input: { stdin: '1 2\n' }, output: { stdout: '3\n' } }]), labels: '{}' }, stdin],
  ['leetcodedataset', { task_id: 't', entry_point: 'Solution().total', query: 'P', input_output: [{ input: 'xs = [1,2], y = 3', output: '6' }], meta: { lang_code: 'class Solution: def total(self, xs, y)' } }, functional],
  ['leetcodedataset', { task_id: 't', entry_point: 'Solution().f', query: 'P', input_output: [{ input: 'root = [1]', output: '6' }], meta: { lang_code: 'def f(self, root: TreeNode)' } }, null],
  ['humaneval', { task_id: 'H/0', prompt: 'def total(xs, y):', entry_point: 'total', canonical_solution: '', test: "\n\nMETADATA = {}\n\ndef check(candidate):\n    assert candidate([1,2], 3) == 6\n" }, functional],
  ['humaneval', { task_id: 'H/1', prompt: 'def f(x):', entry_point: 'f', canonical_solution: '', test: 'def check(candidate):\n    for i in range(3):\n        assert candidate(i) == i\n' }, null],
  ['mbpp', { task_id: 11, text: 'P', code: '', test_list: ['assert total([1, 2], 3) == 6'] }, functional],
  ['kodcode', { question_id: 'k', question: 'P', solution: '', test_code: 'def test_a(): ...' }, null],
];

for (const [schema, record, tests] of code) {
  test(`code record of ${schema}: ${JSON.stringify(record).slice(0, 60)}`, () => {
    const found = read(record);
    assert.equal(found.schema, schema);
    assert.equal(found.problem.domain, 'code');
    assert.deepEqual(found.problem.tests, tests);
    assert.equal(invalidReason(found.problem) === null, tests !== null);
    if (tests === null) assert.ok(found.problem.notes.some((note) => note.includes('tests')), 'the note says why');
  });
}

const lcbCase = { input: '[1,2]\n3', output: '6' };
const lcbKinds: readonly (readonly [name: string, testtype: string | null | undefined, metadata: object, funcName: string | null])[] = [
  ['a name and tests of type stdin', 'stdin', { func_name: 'total' }, 'total'],
  ['a name and tests without a type', undefined, { func_name: 'total' }, 'total'],
  ['a name and tests of type null', null, { func_name: 'total' }, 'total'],
  ['a name and tests of an empty type', '', { func_name: 'total' }, 'total'],
  ['no name and tests of type functional', 'functional', {}, null],
  ['a name that is null', 'functional', { func_name: null }, null],
  ['an empty name', 'stdin', { func_name: '' }, ''],
];
for (const [name, testtype, metadata, funcName] of lcbKinds) {
  test(`LiveCodeBench: func_name alone decides how tests run: ${name}`, () => {
    const { problem } = read({ question_id: '1', question_content: 'P', public_test_cases: [{ ...lcbCase, testtype }], private_test_cases: [], metadata });
    assert.deepEqual(problem.tests, { funcName, cases: [lcbCase] });
    assert.equal(invalidReason(problem), funcName === '' ? 'tests call a function without a name' : null);
  });
}

test('a record of the wrong shape names its field; an unknown one its fields', () => {
  const wrong = new RecordReader().read({ problem: 'P', answer: { a: 1 } });
  assert.ok(!wrong.ok);
  assert.equal(wrong.field, 'answer');
  const unknown = new RecordReader().read({ title: 'x', body: 'y' });
  assert.ok(!unknown.ok);
  assert.match(unknown.message, /its fields are: title, body/);
  assert.ok(!new RecordReader().read('text').ok);
  assert.ok(!new RecordReader().read(null).ok);
});

test('a pickle that would call something is refused', () => {
  assert.throws(() => readPickle(Buffer.from('cos\nsystem\n(S"true"\ntR.', 'latin1')), /0x63 is not allowed/);
  assert.throws(() => readPickle(Buffer.from([0x80, 4, 0x58, 255, 0, 0, 0, 65])), /cut off/);
  const dict = Buffer.concat([Buffer.from([0x80, 4, 0x7d, 0x94, 0x28, 0x8c, 1]), Buffer.from('a'), Buffer.from([0x8c, 1]), Buffer.from('b'), Buffer.from([0x8c, 9]), Buffer.from('__proto__'), Buffer.from([0x4e, 0x75, 0x2e])]);
  const value = readPickle(dict);
  assert.deepEqual(Object.entries(value as object), [['a', 'b'], ['__proto__', null]]); // what the bytes above say
});

test('Python literals are read exactly or refused', () => {
  const literal = (text: string): unknown => readLiteral(text).value;
  assert.deepEqual(literal("[1, -2.5, 'a\\'b', \"\\u00e9\", (1, 2), (3,), (4), None, True, {'k': []}, 1_000, 1e-3]"), [1, -2.5, "a'b", 'é', [1, 2], [3], 4, null, true, { k: [] }, 1000, 0.001]);
  for (const text of ['{1, 2}', 'f(1)', '1 if x else 2 +'.slice(14), '12345678901234567890', '"""x"""', '[1 + 2]', '[', "'a", '('.repeat(500)]) assert.throws(() => literal(text), NotALiteral, text);
});

test('ids are stable and depend on what identifies a problem', () => {
  const id = read({ problem: 'P', answer: '1' }).problem.id;
  assert.equal(id, read({ problem: 'P', answer: '2' }).problem.id);
  assert.notEqual(id, read({ problem: 'Q', answer: '1' }).problem.id);
  assert.match(id, /^[0-9a-f]{16}$/);
});

test('long integers of tests keep their digits where the tests are no text but part of the record', () => {
  const suite = '{"fn_name":"f","inputs":[[9007199254740993,"9007199254740993"],[{"n":[-123456789012345678901]}]],"outputs":[18014398509481985,"18014398509481985"]}';
  for (const record of [`{"problem":"Double it.","tests":${suite}}`, `{"problem":"Double it.","tests":${JSON.stringify(suite)}}`]) {
    const parsed = parseJson(Buffer.from(record));
    assert.ok(parsed.ok);
    assert.deepEqual(read(parsed.value).problem.tests?.cases, [
      { input: '9007199254740993\n"9007199254740993"', output: '18014398509481985' },
      { input: '{"n":[-123456789012345678901]}', output: '"18014398509481985"' },
    ]);
  }
});

test('long integers of tests keep their digits, in texts and in numbers', () => {
  const { tests } = testsFrom('{"fn_name":"f","inputs":[[9007199254740993,[1.5]],"[-123456789012345678901]"],"outputs":[[18014398509481985],"[\\"9007199254740993\\"]"]}');
  assert.deepEqual(tests?.cases, [{ input: '9007199254740993\n[1.5]', output: '18014398509481985' }, { input: '-123456789012345678901', output: '"9007199254740993"' }]);
  assert.deepEqual(testsFrom('[{"input": 12345678901234567890, "output": "1"}]').tests?.cases, [{ input: '12345678901234567890', output: '1' }]);
});
