import { raw, type MathSeed } from '../seeds.ts';

function power(base: number, exponent: number, modulus: number): number {
  let result = 1 % modulus;
  for (let i = 0; i < exponent; i++) result = (result * base) % modulus;
  return result;
}
const isPrime = (n: number): boolean => {
  if (n < 2) return false;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
};
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Divisibility, congruences, bases. */
export const numberTheory: readonly MathSeed[] = [
  {
    id: 'nt-last-two-digits', problem: raw`What are the last two digits of $7^{2026}$? Give them as a two-digit number.`,
    answer: '49', difficulty: 1, correct: 6, size: 's',
    steps: ['7^2 = 49, 7^3 = 343, 7^4 = 2401.', 'So 7^4 is 01 modulo 100 and the last two digits repeat with period 4.', '2026 = 4 * 506 + 2, so the answer equals that of 7^2.', 'That is 49.'],
    writeup: raw`Since $7^4 \equiv 1 \pmod{100}$ and $2026 \equiv 2 \pmod 4$, $7^{2026} \equiv 7^2 \pmod{100}$.`,
    wrong: [{ answer: '07', steps: ['The pattern is 07, 49, 43, 01.', '2026 divided by 4 leaves 1, so it is 07.'], noticed: '4 * 506 = 2024, the remainder is 2' },
      { answer: '43', steps: ['The pattern is 01, 07, 49, 43.', '2026 leaves remainder 2, and counting from 07 the entry after two steps is 43.'], noticed: 'remainder 2 means 7^2' }],
    probes: [{ say: 'The list of last two digits:', line: (k) => `7^${k + 1}: ...${String(power(7, k + 1, 100)).padStart(2, '0')}` }],
  },
  {
    id: 'nt-remainders', problem: raw`Find the smallest positive integer that leaves remainder $2$ on division by $5$, remainder $3$ on division by $7$, and remainder $4$ on division by $9$.`,
    answer: '157', difficulty: 2, correct: 4, size: 'm',
    steps: ['Numbers that are 2 mod 5 and 3 mod 7: 2, 7, 12, 17 - 17 works, so n = 17 mod 35.', 'Write n = 17 + 35b. Modulo 9: 17 is 8 and 35 is 8, so 8 + 8b = 4.', 'That is -1 - b = 4 mod 9, so b = -5 = 4 mod 9.', 'n = 17 + 140 = 157. Check: 157 = 5*31 + 2 = 7*22 + 3 = 9*17 + 4.'],
    writeup: raw`From the first two conditions $n \equiv 17 \pmod{35}$; with $n = 17+35b$ the third gives $b \equiv 4 \pmod 9$.`,
    wrong: [{ answer: '52', steps: ['17 mod 35 satisfies the first two.', 'Next is 52; 52 = 9 * 5 + 7... the remainder should be 4, but 52 is 2 mod 5 and 3 mod 7.', 'I take 52.'], noticed: '52 leaves 7 modulo 9' },
      { answer: '122', steps: ['n = 17 + 35b.', 'Modulo 9 I need 35b = 5, and 35 = 8, so b = 3.', 'n = 122.'], noticed: '122 = 9 * 13 + 5' }],
    probes: [{ say: 'Go through 17, 52, 87, ...', line: (k) => { const n = 17 + 35 * k; return `${n}: mod 5 = ${n % 5}, mod 7 = ${n % 7}, mod 9 = ${n % 9}${n % 9 === 4 ? '   <- this one' : ''}`; } }],
  },
  {
    id: 'nt-square-divisors', problem: raw`How many positive divisors of $2160$ are perfect squares?`,
    answer: '6', difficulty: 1, correct: 5, size: 's',
    steps: ['2160 = 216 * 10 = 2^4 * 3^3 * 5.', 'A square divisor needs even exponents: 2^0, 2^2, 2^4; 3^0, 3^2; 5^0.', 'That gives 3 * 2 * 1 = 6.'],
    writeup: raw`$2160 = 2^4\cdot 3^3\cdot 5$, and the exponents can be chosen in $3\cdot2\cdot1$ ways.`,
    wrong: [{ answer: '40', steps: ['2160 = 2^4 * 3^3 * 5.', 'The number of divisors is 5 * 4 * 2 = 40.'], noticed: 'only square divisors are asked for' },
      { answer: '12', steps: ['Even exponents: three for 2, two for 3, two for 5.', '3 * 2 * 2 = 12.'], noticed: 'the exponent of 5 can only be 0' }],
    probes: [{ say: 'Check the squares one by one:', line: (k) => { const s = (k + 1) ** 2; return `${k + 1}^2 = ${s}: 2160 / ${s} = ${(2160 / s).toFixed(3)}${2160 % s === 0 ? '   divides' : ''}`; } }],
  },
  {
    id: 'nt-trailing-zeros', problem: raw`How many zeros are at the end of the decimal representation of $130!$ ?`,
    answer: '32', difficulty: 1, correct: 8, size: 's',
    steps: ['Zeros come from factors 5, since factors 2 are plentiful.', 'Multiples of 5 up to 130: 26. Multiples of 25: 5. Multiples of 125: 1.', '26 + 5 + 1 = 32.'],
    writeup: raw`$\lfloor 130/5\rfloor+\lfloor130/25\rfloor+\lfloor130/125\rfloor = 26+5+1$.`,
    wrong: [{ answer: '26', steps: ['Each multiple of 5 gives one zero.', '130 / 5 = 26.'], noticed: '25 gives two factors' }],
    probes: [{ say: 'Factors of 5 in the multiples of 5:', line: (k) => { let m = 5 * (k + 1); let e = 0; while (m % 5 === 0) { m /= 5; e++; } let total = 0; for (let i = 1; i <= k + 1; i++) { let x = 5 * i; while (x % 5 === 0) { x /= 5; total++; } } return `${5 * (k + 1)}: ${e}, running total ${total}`; } }],
  },
  {
    id: 'nt-pairs', problem: raw`How many ordered pairs $(x, y)$ of positive integers satisfy $xy = 3x + 3y$?`,
    answer: '3', difficulty: 3, correct: 3, size: 'l',
    steps: ['Rewrite as xy - 3x - 3y + 9 = 9, so (x - 3)(y - 3) = 9.', 'The factor pairs are (1, 9), (3, 3), (9, 1) and the negative ones (-1, -9), (-3, -3), (-9, -1).', 'The positive ones give (4, 12), (6, 6), (12, 4).', 'The negative ones give x or y <= 0: (2, -6), (0, 0), (-6, 2). None counts.'],
    writeup: raw`$(x-3)(y-3)=9$ leads to $(4,12)$, $(6,6)$ and $(12,4)$; the negative factor pairs make a coordinate non-positive.`,
    wrong: [{ answer: '6', steps: ['(x - 3)(y - 3) = 9.', '9 has divisors 1, 3, 9 and their negatives, so six pairs.'], noticed: 'the negative factors make x or y non-positive' },
      { answer: '2', steps: ['(x - 3)(y - 3) = 9.', 'The pairs are 1 * 9 and 3 * 3, so two solutions.'], noticed: 'the pairs are ordered' },
      { answer: '4', steps: ['(x-3)(y-3) = 9 gives (4, 12), (12, 4), (6, 6) and (0, 0).', 'So four pairs.'], noticed: '(0, 0) is not positive' }],
    probes: [{ say: 'For fixed x, y = 3x/(x - 3):', line: (k) => { const x = k + 4; return `x = ${x}: y = ${3 * x}/${x - 3} = ${(3 * x / (x - 3)).toFixed(4)}${(3 * x) % (x - 3) === 0 ? '   integer' : ''}`; } }],
  },
  {
    id: 'nt-mersenne-gcd', problem: raw`Determine the greatest common divisor of $2^{24} - 1$ and $2^{36} - 1$.`,
    answer: '4095', forms: [raw`2^{12} - 1`], difficulty: 2, correct: 6, size: 's',
    steps: ['gcd(2^a - 1, 2^b - 1) = 2^gcd(a, b) - 1.', 'gcd(24, 36) = 12.', '2^12 - 1 = 4095.'],
    writeup: raw`$\gcd(2^a-1,2^b-1)=2^{\gcd(a,b)}-1$ with $\gcd(24,36)=12$.`,
    wrong: [{ answer: '4096', steps: ['gcd of the exponents is 12.', '2^12 = 4096.'], noticed: 'both numbers are odd' },
      { answer: '63', steps: ['gcd(24, 36) should be 6.', '2^6 - 1 = 63.'], noticed: '12 divides both 24 and 36' }],
    probes: [{ say: 'The pattern for small exponents:', line: (k) => { const a = 2 + (k % 7); const b = a + 1 + Math.floor(k / 7); return `gcd(2^${a} - 1, 2^${b} - 1) = gcd(${2 ** a - 1}, ${2 ** b - 1}) = ${gcd(2 ** b - 1, 2 ** a - 1)}, gcd(${a}, ${b}) = ${gcd(b, a)}`; } }],
  },
  {
    id: 'nt-base-seven', problem: raw`A clock maker counts in base $7$. How does he write the year number $2026$, given in base ten, in his own system?`,
    answer: raw`5623_7`, forms: ['5623', raw`(5623)_7`], difficulty: 1, correct: 6, size: 's',
    steps: ['2026 = 289 * 7 + 3.', '289 = 41 * 7 + 2.', '41 = 5 * 7 + 6.', '5 stays. Reading upwards: 5, 6, 2, 3.'],
    writeup: raw`$2026 = 5\cdot 343 + 6\cdot 49 + 2\cdot 7 + 3$.`,
    wrong: [{ answer: raw`3265_7`, steps: ['The remainders are 3, 2, 6, 5.', 'So the number is 3265 in base 7.'], noticed: 'the last remainder is the leading digit' },
      { answer: raw`5632_7`, steps: ['5 * 343 = 1715, 2026 - 1715 = 311.', '6 * 49 = 294, left 17.', '17 is 3 and 2... so 5632.'], noticed: '17 = 2 * 7 + 3' }],
    probes: [{ say: 'Neighbours in base 7, for orientation:', line: (k) => `${2010 + k} = ${(2010 + k).toString(7)} in base 7` }],
  },
  {
    id: 'nt-prime-gap', problem: raw`Find the sum of all primes $p < 50$ for which $p + 4$ is also prime.`,
    answer: '122', difficulty: 2, correct: 4, samples: 12, size: 'm',
    steps: ['List the primes below 50: 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47.', 'p + 4 prime for 3 (7), 7 (11), 13 (17), 19 (23), 37 (41), 43 (47).', 'The sum is 3 + 7 + 13 + 19 + 37 + 43 = 122.'],
    writeup: raw`The primes are $3, 7, 13, 19, 37, 43$.`,
    wrong: [{ answer: '119', steps: ['Candidates leave remainder 1 modulo 6: 7, 13, 19, 37, 43.', '7 + 13 + 19 + 37 + 43 = 119.'], noticed: 'p = 3 gives 7, which is prime' },
      { answer: '79', steps: ['3, 7, 13, 19, 37 work.', '3 + 7 + 13 + 19 + 37 = 79.'], noticed: '43 + 4 = 47 is prime' },
      { answer: '130', steps: ['3, 7, 13, 19, 37, 43 work... I add 3 + 7 = 10, 23, 42, 79, 122, and one more for 8?', 'Total 130.'] }],
    probes: [{ say: 'One number at a time:', line: (k) => { const p = k + 2; return isPrime(p) ? `${p} is prime, ${p} + 4 = ${p + 4} is ${isPrime(p + 4) ? 'prime' : 'not prime'}` : `${p} is not prime`; } }],
  },
  {
    id: 'nt-coprime-count', problem: raw`How many integers from $1$ to $1000$ are divisible by none of $2$, $3$ and $5$?`,
    answer: '266', difficulty: 2, correct: 5, size: 'm',
    steps: ['Multiples: 500 of 2, 333 of 3, 200 of 5.', 'Of two at once: 166 of 6, 100 of 10, 66 of 15. Of all three: 33 of 30.', 'Inclusion-exclusion: 500 + 333 + 200 - 166 - 100 - 66 + 33 = 734.', '1000 - 734 = 266.'],
    writeup: raw`By inclusion-exclusion $1000-(500+333+200)+(166+100+66)-33$.`,
    wrong: [{ answer: '267', steps: ['The share of numbers prime to 30 is 8/30.', '1000 * 8/30 = 266.67, rounded 267.'], noticed: '1000 is not a multiple of 30, so count the rest by hand' },
      { answer: '299', steps: ['500 + 333 + 200 - 166 - 100 - 66 = 701.', '1000 - 701 = 299.'], noticed: 'the multiples of 30 have to be added back' }],
    probes: [{ say: 'Count in blocks of 30:', line: (k) => { const from = 30 * k + 1; const hits = []; for (let n = from; n < from + 30 && n <= 1000; n++) if (n % 2 && n % 3 && n % 5) hits.push(n); let total = 0; for (let n = 1; n < from + 30 && n <= 1000; n++) if (n % 2 && n % 3 && n % 5) total++; return from > 1000 ? `block ${k + 1} starts after 1000, nothing to add` : `${from} to ${Math.min(1000, from + 29)}: ${hits.join(', ')} (${hits.length}, total ${total})`; } }],
  },
];
