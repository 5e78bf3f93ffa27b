import { test } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as mathjs from 'mathjs';
import { bigReals as big, type BigFloat } from '../../../../server/verifiers/math/arithmetic/bigFloat.ts';
import { factorise, integerRoot } from '../../../../server/verifiers/math/arithmetic/primes.ts';
import * as r from '../../../../server/verifiers/math/arithmetic/rational.ts';

// The library's types make its own list of functions optional.
const math = mathjs.create(mathjs.all as mathjs.FactoryFunctionMap, { number: 'BigNumber', precision: 64 });

/** First 50 significant digits after scaling by 10^50, to compare with an independent library. */
function digits(value: BigFloat): bigint {
  const scaled = value.m * 10n ** 50n;
  return value.e >= 0 ? scaled << BigInt(value.e) : scaled >> BigInt(-value.e);
}

const functions: [string, (x: BigFloat) => BigFloat, (x: number) => number, number, number][] = [
  ['sqrt', big.sqrt, (x) => x, 0.001, 1000], ['exp', big.exp, (x) => x, -20, 20], ['log', big.log, (x) => x, 0.001, 1000],
  ['sin', big.sin, (x) => x, -50, 50], ['cos', big.cos, (x) => x, -50, 50], ['atan', big.atan, (x) => x, -100, 100],
];
for (const [name, ours, , low, high] of functions) {
  test(`${name} agrees with mathjs to 45 digits`, () => {
    fc.assert(fc.property(fc.integer({ min: Math.ceil(low * 1000), max: Math.floor(high * 1000) }), (n) => {
      const x = n / 1000;
      const theirs: unknown = math.evaluate(`format(${name}(bignumber("${n}") / 1000), {notation: "fixed", precision: 50})`);
      const expected = BigInt(String(theirs).replace('.', ''));
      const difference = digits(ours(big.fromRational(r.rational(BigInt(n), 1000n)))) - expected;
      const size = expected < 0n ? -expected : expected;
      assert.ok((difference < 0n ? -difference : difference) <= size / 10n ** 45n + 100_000n, `${name}(${x})`);
    }), { numRuns: 60 });
  });
}

test('rationals are a field', () => {
  const rat = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 20n })).map(([n, d]) => r.rational(n, d));
  fc.assert(fc.property(rat, rat, rat, (a, b, c) => {
    assert.ok(r.equals(r.multiply(a, r.add(b, c)), r.add(r.multiply(a, b), r.multiply(a, c))));
    assert.ok(r.equals(r.subtract(r.add(a, b), b), a));
    if (b.n !== 0n) assert.ok(r.equals(r.multiply(r.divide(a, b), b), a));
    assert.equal(Math.sign(r.compare(a, b)), Math.sign(-r.compare(b, a)));
    assert.ok(a.d > 0n && r.gcd(a.n, a.d) === 1n);
  }));
});

test('decimal literals keep every digit', () => {
  assert.deepEqual(r.parseDecimal('12.50'), { n: 25n, d: 2n });
  assert.deepEqual(r.parseDecimal('.5'), { n: 1n, d: 2n });
  assert.deepEqual(r.parseDecimal('0.10000000000000000000000001'), r.rational(10000000000000000000000001n, 10n ** 26n));
  assert.throws(() => r.rational(1n, 0n), RangeError);
});

test('factorising gives the number back, roots are floors', () => {
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), (n) => {
    assert.equal(factorise(n).reduce((product, f) => product * f.base ** BigInt(f.exponent), 1n), n);
  }));
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 60n }), fc.integer({ min: 2, max: 7 }), (n, k) => {
    const root = integerRoot(n, k);
    assert.ok(root ** BigInt(k) <= n && (root + 1n) ** BigInt(k) > n);
  }));
});
