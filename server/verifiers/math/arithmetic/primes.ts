/** Primes below 1,000: enough to take roots of every number that occurs in answers apart. */
const SMALL: readonly bigint[] = (() => {
  const primes: bigint[] = [];
  for (let n = 2; n < 1000; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (prime) primes.push(BigInt(n));
  }
  return primes;
})();

export interface Factor {
  readonly base: bigint;
  readonly exponent: number;
  /** False for a cofactor that may still be composite. */
  readonly prime: boolean;
}

/**
 * Factors of n > 0 by trial division with the primes below 1,000; what is left is one more factor, prime for certain
 * when it is below 10^6, else taken apart only if it is a perfect square or cube.
 */
export function factorise(n: bigint): Factor[] {
  const factors: Factor[] = [];
  let rest = n;
  for (const p of SMALL) {
    if (rest === 1n) return factors;
    if (p * p > rest) break;
    let exponent = 0;
    while (rest % p === 0n) {
      rest /= p;
      exponent++;
    }
    if (exponent > 0) factors.push({ base: p, exponent, prime: true });
  }
  if (rest === 1n) return factors;
  if (rest < 1_000_000n) return [...factors, { base: rest, exponent: 1, prime: true }];
  for (const k of [2, 3]) {
    const root = integerRoot(rest, k);
    if (root ** BigInt(k) === rest) return [...factors, { base: root, exponent: k, prime: root < 1_000_000n }];
  }
  return [...factors, { base: rest, exponent: 1, prime: false }];
}

/** Largest r with r^k <= n, for n >= 0 and k >= 2, by Newton's iteration. */
export function integerRoot(n: bigint, k: number): bigint {
  if (n < 2n) return n;
  if (n <= 0x1fffffffffffffn) {
    let guess = BigInt(Math.round(Number(n) ** (1 / k)));
    while (guess ** BigInt(k) > n) guess--;
    while ((guess + 1n) ** BigInt(k) <= n) guess++;
    return guess;
  }
  const power = BigInt(k);
  const bits = n.toString(16).length * 4;
  let x = 1n << BigInt(Math.ceil(bits / k) + 1);
  for (;;) {
    const next = ((power - 1n) * x + n / x ** (power - 1n)) / power;
    if (next >= x) return x;
    x = next;
  }
}
