// Our own readers and comparisons against Python itself, on generated input.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDecimal, sameDecimal } from '../../../server/verifiers/code/comparison/decimal.ts';
import { parsePyJson, PyJsonError } from '../../../server/verifiers/code/comparison/pythonJson.ts';
import { splitWords, strip } from '../../../server/verifiers/code/comparison/pythonText.ts';
import { compareOutput } from '../../../server/verifiers/code/comparison/stdinOutput.ts';
import { readReturned, returnedEquals } from '../../../server/verifiers/code/comparison/returnedValue.ts';
import { decodeText } from '../../../server/verifiers/code/texts.ts';
import { runnerFolder } from './runner.ts';
import { askPython, python } from './python.ts';

const options = { skip: python === undefined ? 'needs python3' : false };
const seed = 20250715;
const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] => fc.sample(arbitrary, { seed, numRuns: count });

const token = fc.oneof(
  fc.constantFrom('0', '-0', '+6', '6.', '.5', '1e2', '100', '1E+2', '06', '0_6', '_', 'inf', '-Infinity', 'NaN', 'sNaN1', 'nan5', '1.10', '1.1', '٣', '１', '½', '0x10', 'True', '1/2',
    '1e999999999999999999', '10e999999999999999999', '1e-1999999999999999997', '1e-1999999999999999998', '0e999999999999999999', '0e1000000000000000000', '00e-1999999999999999998', '0.00e999999999999999999', '0e-2000000000000000000', '', '.', 'e5', '1e', '--1', '1__2', '𝟎', '𝟗'),
  fc.stringMatching(/^[+-]?[0-9_.eE]{1,8}$/),
  fc.stringMatching(/^[+-]?[0-9]{1,30}(\.[0-9]{0,30})?(e[+-]?[0-9]{1,3})?$/),
  fc.double().map(String),
);

test('decimals are read and compared as Python does', options, () => {
  const pairs = sample(fc.tuple(token, token), 4000).concat(sample(token, 2000).map((text) => [text, text]));
  const expected = askPython(`
import json, sys
from decimal import Decimal
def read(text):
    try: return Decimal(text)
    except Exception: return None
out = []
for a, b in json.load(sys.stdin):
    x, y = read(a), read(b)
    try: same = x is not None and y is not None and [x] == [y] and x == y
    except Exception: same = False
    out.append([x is not None, same])
print(json.dumps(out))`, pairs);
  const actual = pairs.map(([a, b]) => {
    const x = readDecimal(a);
    const y = readDecimal(b);
    return [x !== null, x !== null && y !== null && sameDecimal(x, y)];
  });
  for (const [i, pair] of pairs.entries()) assert.deepEqual(actual[i], Array.isArray(expected) ? expected[i] : null, JSON.stringify(pair));
});

const space = fc.constantFrom(' ', '\n', '\t', '\r', '\x0b', '\x0c', '\x1c', '\x1f', '\x85', '\xa0', '\u2028', '\u3000', '\u200b', '\ufeff', '\u180e', '\n\n', '  ');

test('white space is stripped and split as Python does', options, () => {
  const texts = sample(fc.array(fc.oneof(space, token), { maxLength: 8 }).map((parts) => parts.join('')), 3000);
  const expected = askPython('import json,sys\nprint(json.dumps([[t.strip(), t.split()] for t in json.load(sys.stdin)]))', texts);
  assert.deepEqual(texts.map((text) => [strip(text), splitWords(text)]), expected);
});

test('whole outputs are compared as the checker does', options, () => {
  const output = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom('1', '1.0', 'a', '2', 'nan', '1e0') }, { weight: 3, arbitrary: space }, token), { maxLength: 7 }).map((parts) => parts.join(''));
  const pairs = sample(fc.tuple(output, output), 6000).concat(sample(output, 1000).map((text) => [`${text}\n`, ` ${text}`]));
  const expected = askPython(`
import json, sys
from decimal import Decimal
def lines(text): return [line.strip() for line in text.strip().split("\\n")]
def numbers(line):
    try: return [Decimal(word) for word in line.split()]
    except Exception: return None
def same(a, b):
    a, b = lines(a), lines(b)
    if len(a) != len(b): return False
    for x, y in zip(a, b):
        if x == y: continue
        p, q = numbers(x), numbers(y)
        try:
            if p is None or q is None or p != q: return False
        except Exception: return False
    return True
print(json.dumps([same(a, b) for a, b in json.load(sys.stdin)]))`, pairs);
  const actual = pairs.map(([a, b]) => compareOutput(a, b) === null);
  for (const [i, pair] of pairs.entries()) assert.equal(actual[i], Array.isArray(expected) ? expected[i] : null, JSON.stringify(pair));
});

test('JSON is accepted and refused as Python does', options, () => {
  const piece = fc.constantFrom('[', ']', '{', '}', ',', ':', '"a"', '"\\u00e9"', '"\\x"', '"\t"', '1', '-1', '01', '1.5', '1.', '.5', '1e5', '1E+5', '-', 'NaN', 'Infinity', '-Infinity', '-NaN', 'null', 'true', 'True', ' ', '\n', '\xa0', '"\\ud800"', '"\u2028"', '//');
  const texts = sample(fc.oneof(fc.array(piece, { maxLength: 7 }).map((parts) => parts.join('')), fc.json()), 5000);
  const expected = askPython(`
import json, sys
def accepts(text):
    try: json.loads(text); return True
    except Exception: return False
print(json.dumps([accepts(t) for t in json.load(sys.stdin)]))`, texts);
  const accepts = (text: string): boolean => {
    try {
      parsePyJson(text);
      return true;
    } catch (error) {
      if (error instanceof PyJsonError) return false;
      throw error;
    }
  };
  for (const [i, text] of texts.entries()) assert.equal(accepts(text), Array.isArray(expected) ? expected[i] : null, JSON.stringify(text));
});

test('returned values compare as they do in Python', options, () => {
  const returned = [
    'None', 'True', 'False', '0', '1', '-1', '3', '3.0', '0.1+0.2', '0.3', '2**53', '2**53+1', 'float(2**53)', '1e22', '10**22', '-0.0', 'float("nan")', 'float("inf")',
    'Decimal(3)', 'Decimal("3.000")', 'Decimal("0.5")', 'Decimal("0.1")', 'Decimal("nan")', 'Decimal("1e400")', 'Fraction(1,2)', 'Fraction(3)', 'Fraction(1,10)', '3+0j', '3+1j', '1j', '"3"', '"a"', '""',
    '(1,2)', '[(1,2)]', '[[1,2]]', '[1,2]', '[]', '()', '{1:2}', '{"1":2}', '{"a":(1,)}', '{}', 'Counter({"a":1})', 'OrderedDict(a=1)', 'defaultdict(int,{"a":1})', 'ChainMap({"a":1})', 'UserDict({"a":1})',
    'UserList([1,2])', 'UserString("a")', 'MappingProxyType({"a":1})', 'set()', '{1,2}', 'frozenset()', 'deque([1,2])', 'range(1,3)', 'map(int,[1,2])', '{}.keys()', 'b"a"', 'bytearray(b"a")', 'array("i",[1,2])', 'P(1,2)', '[P(1,2)]',
    'L([1,2])', 'S("a")', 'I(3)', 'F(0.5)', 'D(a=1)', 'E.A', 'Color.RED', '[True,1.0]', '[None]', '[[[1]]]', 'Point(1,2)', 'datetime.date(2020,1,1)', 'Ellipsis', 'int', 'iter([])', '10**400', '[0.1, 1e-320, 5e-324]', '"\\ud83d"', '"é"',
    // What is equal to itself in a list or a dict, whatever its == says.
    'json.loads("NaN")', 'json.loads("[NaN]")', '[json.loads("NaN"), 1]', '{"a": json.loads("NaN")}', '(json.loads("NaN"),)', '[[json.loads("NaN")]]', 'UserList(json.loads("[NaN]"))', '[json.loads("NaN") + 0]', '[Decimal("nan")]', '[F(json.loads("NaN"))]',
    // Subclasses of the library's types, and keys that a look-up finds.
    'CC("a")', 'OO(a=1)', 'UL([1,2])', 'UD(a=1)', 'UI()', 'US("a")', 'DC(3)', 'DC("nan")', 'FR(1,2)', 'CX(3)', 'M()', '{S("a"):1}', '{SH("a"):1}', '{SX("a"):1}', '{UserString("a"):1}', '{Key.a:1}', '{None:1}', 'Key.a', 'LM([1,2])', 'LI([1,2])', 'OrderedDict(b=2,a=1)', 'ChainMap({"a":1},{"a":2})',
    '-10**400', '[10**400]', '-(2**53)-1', 'Fraction(10**400)', 'Fraction(-1,2)', '"\\ud83d\\ude00"', '"\\U0001f600"', '["\\ud83d\\ude00", 1.5]', '{"\\ud83d\\ude00": 1}', '-0.5', 'nest(1200)', 'cyclic()',
  ];
  const expected = ['null', 'true', 'false', '0', '1', '-1', '3', '3.0', '0.3', '0.30000000000000004', '0.5', '0.1', '9007199254740992', '9007199254740993', '10000000000000000000000', '1e22', 'NaN', 'Infinity', '"3"', '"a"', '""', '[1,2]', '[[1,2]]',
    '[]', '{"1":2}', '{"a":[1]}', '{}', '{"a":1}', '[1,1]', '[null]', '[[[1]]]', '[0.1,1e-320,5e-324]', '0.0', '"\\ud83d"', '"\\u00e9"', '1'.padEnd(401, '0'), '1e400',
    '[NaN]', '[NaN,1]', '{"a":NaN}', '[[NaN]]', '-0.5', '"\\ud83d\\ude00"', '["\\ud83d\\ude00",1.5]', '{"\\ud83d\\ude00":1}', '{"a":1,"b":2}', '-1'.padEnd(402, '0'), `[${'1'.padEnd(401, '0')}]`, '-9007199254740993', `${'['.repeat(1200)}${']'.repeat(1200)}`];
  const rows = askPython(`
import json, sys
sys.path.insert(0, ${JSON.stringify(runnerFolder)})
import base64, channel, values, datetime
sys.setrecursionlimit(50_000)
from decimal import Decimal
from fractions import Fraction
from collections import *
from collections.abc import Mapping
from types import MappingProxyType
from array import array
from enum import Enum, IntEnum
P = namedtuple("P", "a b")
class L(list): pass
class S(str): pass
class I(int): pass
class F(float): pass
class D(dict): pass
class E(IntEnum): A = 3
class Color(Enum): RED = 3
class CC(Counter): pass
class OO(OrderedDict): pass
class UL(UserList): pass
class UD(UserDict): pass
class UI(UserDict):
    def items(self): return [("a", 1)]
class US(UserString): pass
class DC(Decimal): pass
class FR(Fraction): pass
class CX(complex): pass
class M(Mapping):
    def __getitem__(self, key): return {"a": 1}[key]
    def __iter__(self): return iter("a")
    def __len__(self): return 1
class SH(str):
    def __hash__(self): return str.__hash__(self)
class SX(str):
    def __hash__(self): return 5
class Key(str, Enum): a = "a"
class Meta(type):
    def __getattribute__(self, name): raise RuntimeError
class LM(list, metaclass=Meta): pass
class LI(list):
    def __iter__(self): return iter([9])
def nest(levels):
    value = []
    for _ in range(levels - 1): value = [value]
    return value
def cyclic():
    value = []
    value.append(value)
    return value
class Point:
    def __init__(self, x, y): self.x, self.y = x, y
    def __eq__(self, other): return (self.x, self.y) == (other.x, other.y)
asked = json.load(sys.stdin)
out = []
for text in asked["returned"]:
    text_of = base64.b64encode(channel.payload_of(values.typed_text(eval(text), 1 << 20))).decode()
    row = []
    for other in asked["expected"]:
        value, gold = eval(text), json.loads(other)
        if isinstance(value, tuple): value = list(value)
        try: row.append(bool(value == gold))
        except Exception: row.append(False)
    out.append([text_of, row])
print(json.dumps(out))`, { returned, expected });
  assert.ok(Array.isArray(rows));
  for (const [i, source] of returned.entries()) {
    const row: unknown = rows[i];
    assert.ok(Array.isArray(row) && typeof row[0] === 'string' && Array.isArray(row[1]));
    for (const [j, gold] of expected.entries()) {
      assert.equal(returnedEquals(readReturned(decodeText(Buffer.from(row[0], 'base64'))), parsePyJson(gold)), row[1][j], `${source} == ${gold}`);
    }
  }
});

test('returned numpy values compare as they do in Python', options, (t) => {
  const hasNumpy = askPython('import json\ntry:\n    import numpy\n    print(int(numpy.__version__.split(".")[0]))\nexcept ImportError:\n    print(0)', null);
  if (hasNumpy !== 2) return t.skip('needs numpy 2');
  const returned = ['np.int64(3)', 'np.int8(3)', 'np.uint64(2**64-1)', 'np.int64(2**53+1)', 'np.float64(0.1)', 'np.float32(0.1)', 'np.float16(0.1)', 'np.float64(3)', 'np.float64("nan")', 'np.bool_(True)', 'np.bool_(False)', 'np.complex128(3)',
    'np.str_("a")', 'np.array([3])', 'np.array([[3]])', 'np.array(3)', 'np.array([1,2])', 'np.array([])', 'np.array(["a"])', 'np.array([0.1])', 'np.array([0.1], dtype="float32")', 'np.array([True])', '[np.int64(1), np.int64(2)]', '(np.int64(1), 2)',
    '[np.array([3])]', '[np.array([1,2])]', '{"a": np.int64(1)}', 'np.datetime64("2020-01-01")', '[np.float64(1.0)]', 'np.array([3], dtype=object)', 'np.float32(16777217)', 'np.int64(-1)',
    'np.longdouble(3)', 'np.longdouble("0.1")', 'np.longdouble(0.1)', 'np.longdouble("nan")', 'np.longdouble("inf")', 'np.clongdouble(3)', 'np.clongdouble(3+1j)', 'np.complex64(0.1)', 'np.complex64(3+1j)', 'np.complex128(0.1)', 'np.array([3], dtype=np.longdouble)', 'np.array([0.1], dtype=np.complex64)',
    '{np.str_("a"): 1}', 'np.ma.array([3])', 'np.ma.array([3], mask=[True])', 'np.array([3]).flat', 'np.array([1,2]).flat', 'np.matrix([[3]])', '[np.float64("nan")]', '[np.longdouble(3)]', 'np.array([json.loads("NaN")], dtype=object)', 'np.array([[1, 2]], dtype=object)[:, 0]', 'NA([3])'];
  const expected = ['3', '3.0', 'true', 'false', '0', '0.1', '0.10000000149011612', '0.0999755859375', '18446744073709551615', '9007199254740992', '9007199254740993', '9007199254740992.0', '"a"', '["a"]', '[3]', '[[3]]', '[3,3]', '[1,2]', '[]', '[[]]', '[0.1]', '[true]', '[1]', '{"a":1}',
    'null', '[null]', '[[1,2]]', '[[3.0]]', '16777217', '16777216', '-1', '300', 'NaN'];
  const rows = askPython(`
import json, sys
sys.path.insert(0, ${JSON.stringify(runnerFolder)})
import base64, channel, values, warnings
import numpy as np
warnings.simplefilter("ignore")
class NA(np.ndarray):
    def __new__(cls, values): return np.array(values).view(cls)
asked = json.load(sys.stdin)
out = []
for text in asked["returned"]:
    text_of = base64.b64encode(channel.payload_of(values.typed_text(eval(text), 1 << 20))).decode()
    row = []
    for other in asked["expected"]:
        value, gold = eval(text), json.loads(other)
        if isinstance(value, tuple): value = list(value)
        try: row.append(not not (value == gold))
        except Exception: row.append(False)
    out.append([text_of, row])
print(json.dumps(out))`, { returned, expected });
  assert.ok(Array.isArray(rows));
  const wrong: string[] = [];
  for (const [i, source] of returned.entries()) {
    const row: unknown = rows[i];
    assert.ok(Array.isArray(row) && typeof row[0] === 'string' && Array.isArray(row[1]));
    for (const [j, gold] of expected.entries()) {
      if (returnedEquals(readReturned(decodeText(Buffer.from(row[0], 'base64'))), parsePyJson(gold)) !== row[1][j]) wrong.push(`${source} == ${gold} is ${String(row[1][j])}`);
    }
  }
  assert.deepEqual(wrong, []);
});
