import { raw, type MathSeed } from '../seeds.ts';

const f = (value: number, places = 5): string => value.toFixed(places);
/** A fixed pseudo-random fraction for "simulated" tables: the k-th term of the golden-ratio sequence. */
const golden = (k: number): number => (k * 0.6180339887498949) % 1;

/** Chance, conditional chance, expectation. */
export const probability: readonly MathSeed[] = [
  {
    id: 'pr-prime-sum', problem: raw`Two fair six-sided dice are rolled. What is the probability that the sum is a prime number?`,
    answer: raw`\frac{5}{12}`, forms: [raw`\frac{15}{36}`, '5/12'], difficulty: 1, correct: 6, size: 's',
    steps: ['Prime sums are 2, 3, 5, 7, 11.', 'They occur in 1, 2, 4, 6 and 2 ways.', '15 of 36 outcomes, that is 5/12.'],
    writeup: raw`The favourable outcomes number $1+2+4+6+2=15$.`,
    wrong: [{ answer: raw`\frac{7}{18}`, steps: ['Prime sums: 3, 5, 7, 11 with 2 + 4 + 6 + 2 = 14 outcomes.', '14/36 = 7/18.'], noticed: '2 is prime as well' },
      { answer: raw`\frac{5}{11}`, steps: ['The sums go from 2 to 12, eleven values.', 'Five of them are prime: 5/11.'], noticed: 'the sums are not equally likely' }],
    probes: [{ say: 'All outcomes in order:', line: (k) => { const a = Math.floor((k % 36) / 6) + 1; const b = (k % 6) + 1; return `(${a}, ${b}): sum ${a + b}${[2, 3, 5, 7, 11].includes(a + b) ? ', prime' : ''}`; } }],
  },
  {
    id: 'pr-two-balls', problem: raw`A bag holds $5$ red and $3$ blue balls. Two balls are drawn without putting the first one back. Find the probability that they have different colours.`,
    answer: raw`\frac{15}{28}`, difficulty: 1, correct: 6, size: 's',
    steps: ['Red then blue: 5/8 * 3/7 = 15/56.', 'Blue then red: 3/8 * 5/7 = 15/56.', 'Together 30/56 = 15/28.'],
    writeup: raw`$2\cdot\frac58\cdot\frac37=\frac{15}{28}$.`,
    wrong: [{ answer: raw`\frac{15}{32}`, steps: ['5/8 * 3/8 * 2 = 30/64.', '15/32.'], noticed: 'the first ball is not put back' },
      { answer: raw`\frac{15}{56}`, steps: ['Red 5/8, then blue 3/7.', '15/56.'], noticed: 'blue first is possible too' }],
    probes: [{ say: 'Pairs of balls, red 1-5 and blue 6-8:', line: (k) => { const pairs: string[] = []; for (let i = 1; i <= 8; i++) for (let j = i + 1; j <= 8; j++) pairs.push(`{${i}, ${j}}: ${(i <= 5) !== (j <= 5) ? 'different' : 'same'}`); return pairs[k % 28] ?? ''; } }],
  },
  {
    id: 'pr-two-heads', problem: raw`A fair coin is tossed until two heads in a row appear. What is the expected number of tosses?`,
    answer: '6', difficulty: 3, correct: 4, samples: 16, size: 'l',
    steps: ['Let E be the expectation from the start and F the one after a single head.', 'E = 1 + E/2 + F/2, because a head leads to F and a tail back.', 'F = 1 + E/2, because a head ends the game and a tail leads back.', 'So E = 1 + E/2 + 1/2 + E/4, E/4 = 3/2, E = 6.'],
    writeup: raw`With $F$ the expectation after one head: $E=1+\frac12E+\frac12F$, $F=1+\frac12E$, hence $E=6$.`,
    wrong: [{ answer: '4', steps: ['Two heads in a row have probability 1/4.', 'So the expected number of tosses is 4.'], noticed: 'overlapping pairs are not independent trials of one toss' },
      { answer: '8', steps: ['Blocks of two tosses succeed with probability 1/4, so 4 blocks are expected.', '4 blocks are 8 tosses.'], noticed: 'the two heads may lie across two blocks' },
      { answer: '5', steps: ['E = 1 + E/2 + F/2 and F = 1/2 + E/2.', 'E = 1 + E/2 + 1/4 + E/4, so E = 5.'], noticed: 'the second toss always costs a full toss' }],
    probes: [{ say: 'Probabilities P(n) = F_(n-1)/2^n that the game ends exactly at toss n:', line: (k) => { let a = 1; let b = 0; let mean = 0; for (let n = 2; n <= k + 2; n++) { mean += (n * a) / 2 ** n; if (n < k + 2) [a, b] = [a + b, a]; } return `n = ${k + 2}: ${a}/${2 ** (k + 2)} = ${f(a / 2 ** (k + 2), 7)}, mean so far ${f(mean, 5)}`; } },
      { say: 'Let me play some games with a made-up random sequence:', line: (k) => { let run = 0; let s = ''; for (let i = 0; run < 2 && i < 40; i++) { const h = golden((k + 3) * 7.31 + (i + 1) * (k + 1.37) * 1.77) < 0.5; s += h ? 'H' : 'T'; run = h ? run + 1 : 0; } return `game ${k + 1}: ${s} (${s.length} tosses)`; } }],
  },
  {
    id: 'pr-bayes', problem: raw`A disease affects $2\%$ of a population. A test is positive for $95\%$ of the affected and for $10\%$ of the healthy people. A randomly chosen person tests positive. What is the probability that the person is affected? Give a fraction in lowest terms.`,
    answer: raw`\frac{19}{117}`, difficulty: 2, correct: 4, size: 'm',
    steps: ['Of 10000 people 200 are affected, 190 of them test positive.', 'Of the 9800 healthy ones 980 test positive.', '190/(190 + 980) = 190/1170 = 19/117.'],
    writeup: raw`$\dfrac{0.02\cdot0.95}{0.02\cdot0.95+0.98\cdot0.10}=\dfrac{190}{1170}$.`,
    wrong: [{ answer: raw`\frac{19}{20}`, steps: ['The test finds 95 percent of the affected.', 'So the probability is 19/20.'], noticed: 'that is the chance of a positive test for an affected person, not the reverse' },
      { answer: raw`\frac{19}{98}`, steps: ['190 affected positives, 980 healthy positives.', '190/980 = 19/98.'], noticed: 'the positives are 190 + 980' }],
    probes: [{ say: 'The same question for other prevalences:', line: (k) => { const p = (k + 1) / 100; return `prevalence ${k + 1}%: ${f(p * 0.95, 4)}/(${f(p * 0.95, 4)} + ${f((1 - p) * 0.1, 4)}) = ${f((p * 0.95) / (p * 0.95 + (1 - p) * 0.1))}`; } }],
  },
  {
    id: 'pr-broken-stick', problem: raw`A stick of length $1$ is broken at a point chosen uniformly at random. What is the expected length of the shorter piece?`,
    answer: raw`\frac14`, forms: ['0.25', '1/4'], difficulty: 1, correct: 6, size: 's',
    steps: ['The shorter piece has length min(x, 1 - x).', 'By symmetry take x uniform on [0, 1/2]: the shorter piece is x.', 'The mean of a uniform number on [0, 1/2] is 1/4.'],
    writeup: raw`$\int_0^1 \min(x,1-x)\,dx = \frac14$.`,
    wrong: [{ answer: raw`\frac12`, steps: ['The break is in the middle on average.', 'So each piece has expected length 1/2.'], noticed: 'the shorter piece is never longer than 1/2' },
      { answer: raw`\frac13`, steps: ['Order statistics of one point: the smaller piece is 1/3.'], noticed: '1/3 belongs to two random points' }],
    probes: [{ say: 'Break points from a low-discrepancy sequence:', line: (k) => { let t = 0; for (let i = 1; i <= k + 1; i++) t += Math.min(golden(i), 1 - golden(i)); return `x = ${f(golden(k + 1), 4)}: shorter ${f(Math.min(golden(k + 1), 1 - golden(k + 1)), 4)}, mean so far ${f(t / (k + 1), 4)}`; } }],
  },
  {
    id: 'pr-three-heads', problem: raw`A fair coin is tossed six times. What is the probability of exactly three heads?`,
    answer: raw`\frac{5}{16}`, forms: ['0.3125', raw`\frac{20}{64}`], difficulty: 0, correct: 8, size: 's',
    steps: ['There are C(6, 3) = 20 ways to place the heads.', '2^6 = 64 outcomes in all.', '20/64 = 5/16.'],
    writeup: raw`$\binom63/2^6 = 20/64$.`,
    wrong: [{ answer: raw`\frac12`, steps: ['Three of six is half.', 'So 1/2.'], noticed: 'an even split is the likeliest outcome, but not that likely' }],
    probes: [{ say: 'By the number of heads:', line: (k) => { const c = [1, 6, 15, 20, 15, 6, 1]; return `${k % 7} heads: ${c[k % 7] ?? 0}/64`; } }],
  },
  {
    id: 'pr-meeting', problem: raw`Two friends arrive at a café independently and uniformly at random between $12{:}00$ and $13{:}00$. Each waits $20$ minutes for the other. What is the probability that they meet?`,
    answer: raw`\frac59`, forms: [raw`\frac{5}{9}`, raw`1 - \left(\frac23\right)^2`], difficulty: 2, correct: 4, size: 'm',
    steps: ['Measure time in hours: they meet if |x - y| <= 1/3.', 'The complement in the unit square is two right triangles with legs 2/3: total area 4/9.', 'So the probability is 5/9.'],
    writeup: raw`$1-\left(\tfrac23\right)^2$.`,
    wrong: [{ answer: raw`\frac49`, steps: ['|x - y| > 1/3 gives two triangles with legs 2/3.', 'Together they form a square of area 4/9.', 'The answer is 4/9.'], noticed: 'that is the chance of missing each other' },
      { answer: raw`\frac13`, steps: ['Waiting 20 of 60 minutes means 1/3.'], noticed: 'either friend may be first' },
      { answer: raw`\frac23`, steps: ['Either may be first, 1/3 each, so 2/3.'], noticed: 'near the ends of the hour the window is shorter' }],
    probes: [{ say: 'If the first arrives at minute m, the other has this window:', line: (k) => { const m = (k * 3) % 61; return `m = ${m}: from ${Math.max(0, m - 20)} to ${Math.min(60, m + 20)}, length ${Math.min(60, m + 20) - Math.max(0, m - 20)}`; } }],
  },
  {
    id: 'pr-series', problem: raw`Team A wins each game against team B with probability $\frac23$, independently. The first team with three wins takes the series. What is the probability that A takes the series in exactly four games?`,
    answer: raw`\frac{8}{27}`, difficulty: 2, correct: 5, size: 'm',
    steps: ['A must win game 4 and exactly two of the first three.', 'Two of three: 3 * (2/3)^2 * (1/3) = 12/27 = 4/9.', 'Times 2/3: 8/27.'],
    writeup: raw`$\binom32\left(\frac23\right)^2\frac13\cdot\frac23$.`,
    wrong: [{ answer: raw`\frac{32}{81}`, steps: ['A wins three of four games: 4 * (8/27) * (1/3) = 32/81.'], noticed: 'the case of three straight wins would have ended earlier' },
      { answer: raw`\frac{8}{81}`, steps: ['Three wins and one loss: (8/27)(1/3) = 8/81.'], noticed: 'the loss can be in any of the first three games' }],
    probes: [{ say: 'Sequences of up to five games:', line: (k) => { const s = [16, 8, 4, 2, 1].map((b) => ((k % 32) & b ? 'A' : 'B')).join(''); let a = 0; let b = 0; let n = 0; for (const c of s) { if (a === 3 || b === 3) break; if (c === 'A') a++; else b++; n++; } return `${s}: decided after ${n} games, ${a === 3 ? 'A' : 'B'} wins ${Math.max(a, b)}-${Math.min(a, b)}`; } }],
  },
];
