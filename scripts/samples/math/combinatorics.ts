import { raw, type MathSeed } from '../seeds.ts';

const choose = (n: number, k: number): number => {
  let value = 1;
  for (let i = 0; i < k; i++) value = (value * (n - i)) / (i + 1);
  return k < 0 || k > n ? 0 : Math.round(value);
};
const digits = (value: number, base: number, length: number): number[] =>
  Array.from({ length }, (_, i) => Math.floor(value / base ** (length - 1 - i)) % base);

/** Counting: arrangements, selections, recurrences, symmetry. */
export const combinatorics: readonly MathSeed[] = [
  {
    id: 'cb-banana', problem: raw`In how many ways can the letters of the word BANANA be arranged so that no two A's are next to each other?`,
    answer: '12', difficulty: 2, correct: 5, size: 's',
    steps: ['First place B, N, N: 3!/2! = 3 arrangements.', 'They leave 4 gaps (ends included) for the A\'s.', 'Choose 3 of the 4 gaps: 4 ways.', '3 * 4 = 12.'],
    writeup: raw`The letters B, N, N can be ordered in $3$ ways, and the A's go into $3$ of the $4$ gaps: $3\binom43$.`,
    wrong: [{ answer: '60', steps: ['BANANA has 6 letters: 720.', 'Divide by 3! for A and 2! for N: 60.'], noticed: 'that ignores the condition on the A\'s' },
      { answer: '24', steps: ['B, N, N can be ordered in 3! = 6 ways.', 'Four gaps, three A\'s: 4.', '6 * 4 = 24.'], noticed: 'the two N\'s are equal' }],
    probes: [{ say: 'Writing positions of the A\'s:', line: (k) => { const bits = digits(k, 2, 6); const ones = bits.filter(Boolean).length; return `${bits.map((b) => (b ? 'A' : '.')).join('')}: ${ones} A's${ones === 3 ? (bits.some((b, i) => b && bits[i + 1]) ? ', adjacent ones' : ', allowed') : ''}`; } }],
  },
  {
    id: 'cb-stars-bars', problem: raw`How many triples $(x, y, z)$ of non-negative integers satisfy $x + y + z = 12$ and $x \ge 2$?`,
    answer: '66', difficulty: 1, correct: 6, size: 's',
    steps: ['Put x = x\' + 2 with x\' >= 0.', 'Then x\' + y + z = 10.', 'The number of solutions is C(12, 2) = 66.'],
    writeup: raw`With $x'=x-2$ the equation is $x'+y+z=10$, which has $\binom{12}{2}$ solutions.`,
    wrong: [{ answer: '91', steps: ['Stars and bars: C(14, 2) = 91.'], noticed: 'x >= 2 was not used' },
      { answer: '55', steps: ['x\' + y + z = 10.', 'C(11, 2) = 55.'], noticed: '10 stars and 2 bars are 12 places' }],
    probes: [{ say: 'Sum over x:', line: (k) => { const x = (k % 11) + 2; let total = 0; for (let i = 2; i <= x; i++) total += 13 - i; return `x = ${x}: y + z = ${12 - x} has ${13 - x} solutions, total so far ${total}`; } }],
  },
  {
    id: 'cb-lattice', problem: raw`A path goes from $(0,0)$ to $(6,4)$ in unit steps right or up. How many such paths pass through the point $(3,2)$?`,
    answer: '100', difficulty: 1, correct: 8, size: 's',
    steps: ['From (0,0) to (3,2): 5 steps, 2 of them up: C(5, 2) = 10.', 'From (3,2) to (6,4): again 3 right and 2 up: 10.', 'Together 10 * 10 = 100.'],
    writeup: raw`The two halves are independent: $\binom52\cdot\binom52$.`,
    wrong: [{ answer: '210', steps: ['10 steps, 4 up.', 'C(10, 4) = 210.'], noticed: 'the point (3,2) was not used' }],
    probes: [{ say: 'Number of paths to each point:', line: (k) => { const x = k % 7; const y = Math.floor(k / 7) % 5; return `to (${x}, ${y}): C(${x + y}, ${y}) = ${choose(x + y, y)}`; } }],
  },
  {
    id: 'cb-committee', problem: raw`From $6$ women and $5$ men a committee of $4$ people is chosen. How many committees contain at least two women?`,
    answer: '265', difficulty: 2, correct: 3, size: 'm',
    steps: ['All committees: C(11, 4) = 330.', 'No woman: C(5, 4) = 5. Exactly one woman: 6 * C(5, 3) = 60.', '330 - 65 = 265.'],
    writeup: raw`$\binom{11}{4}-\binom54-6\binom53 = 330-5-60$.`,
    wrong: [{ answer: '540', steps: ['Choose two women first: C(6, 2) = 15.', 'Then two of the other nine: C(9, 2) = 36.', '15 * 36 = 540.'], noticed: 'a committee with three women is counted three times' },
      { answer: '325', steps: ['All: 330.', 'Without women: 5.', '330 - 5 = 325.'], noticed: 'exactly one woman is not enough' },
      { answer: '150', steps: ['Two women and two men: 15 * 10 = 150.'], noticed: 'three or four women are allowed too' }],
    probes: [{ say: 'By the number of women:', line: (k) => { const w = k % 5; return `${w} women: C(6, ${w}) * C(5, ${4 - w}) = ${choose(6, w)} * ${choose(5, 4 - w)} = ${choose(6, w) * choose(5, 4 - w)}`; } },
      { say: 'A smaller version of the overcount, with w women and m men and committees of 3 with at least 2 women:', line: (k) => { const w = 3 + (k % 6); const m = 2 + Math.floor(k / 6); return `w = ${w}, m = ${m}: right ${choose(w, 2) * m + choose(w, 3)}, "two first" gives ${choose(w, 2) * (w + m - 2)}`; } }],
  },
  {
    id: 'cb-derangement', problem: raw`Five letters are put at random into five addressed envelopes, one into each. In how many of the possible ways is no letter in its own envelope?`,
    answer: '44', difficulty: 2, correct: 6, size: 'm',
    steps: ['Derangements satisfy D_n = (n - 1)(D_(n-1) + D_(n-2)).', 'D_1 = 0, D_2 = 1, D_3 = 2, D_4 = 9.', 'D_5 = 4 * (9 + 2) = 44.'],
    writeup: raw`The recurrence $D_n=(n-1)(D_{n-1}+D_{n-2})$ gives $D_5 = 4(9+2)$.`,
    wrong: [{ answer: '76', steps: ['120 ways in all.', 'One letter is right in 5 * D_4 - 1 = 44 ways, so 120 - 44 = 76.'], noticed: 'the share of derangements is about 1/e, that is 44 of 120' },
      { answer: '45', steps: ['D_5 = 5 * D_4 = 45.'], noticed: 'D_n = n D_(n-1) + (-1)^n, and n is odd' }],
    probes: [{ say: 'Exact counts by number of letters in place:', line: (k) => { const j = k % 6; const d = [1, 0, 1, 2, 9, 44]; return `${j} in place: C(5, ${j}) * D_${5 - j} = ${choose(5, j)} * ${d[5 - j] ?? 0} = ${choose(5, j) * (d[5 - j] ?? 0)}`; } }],
  },
  {
    id: 'cb-no-neighbours', problem: raw`How many subsets of $\{1, 2, \dots, 10\}$ (the empty set included) contain no two consecutive integers?`,
    answer: '144', difficulty: 2, correct: 5, size: 'm',
    steps: ['Let a_n be the number for {1..n}; a_0 = 1, a_1 = 2.', 'Either n is not in the set (a_(n-1)) or it is and n - 1 is not (a_(n-2)).', 'So 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144.', 'a_10 = 144.'],
    writeup: raw`$a_n = a_{n-1}+a_{n-2}$ with $a_0=1$, $a_1=2$ gives $a_{10}=144$.`,
    wrong: [{ answer: '89', steps: ['The counts are Fibonacci numbers 1, 1, 2, 3, 5, ...', 'Counting from a_0 = 1, a_1 = 1, the tenth is 89.'], noticed: 'for n = 1 there are two subsets' },
      { answer: '143', steps: ['The recurrence gives 144.', 'Without the empty set it is 143.'], noticed: 'the empty set is included' }],
    probes: [{ say: 'By size, C(11 - k, k) subsets with k elements:', line: (k) => { let t = 0; for (let i = 0; i <= k % 6; i++) t += choose(11 - i, i); return `k = ${k % 6}: C(${11 - (k % 6)}, ${k % 6}) = ${choose(11 - (k % 6), k % 6)}, total ${t}`; } },
      { say: 'Listing the admissible subsets of {1..10} in binary order:', line: (k) => { let seen = -1; let n = -1; while (seen < k && n < 1023) { n++; if ((n & (n << 1)) === 0) seen++; } return `number ${k + 1}: {${digits(n, 2, 10).reverse().map((b, i) => (b ? i + 1 : 0)).filter(Boolean).join(', ')}}`; } }],
  },
  {
    id: 'cb-round-table', problem: raw`Six people, among them Ana and Bo, sit down at a round table. Arrangements that differ by a rotation are the same. In how many arrangements do Ana and Bo not sit next to each other?`,
    answer: '72', difficulty: 2, correct: 0, size: 'm',
    steps: ['Up to rotation there are 5! = 120 arrangements.', 'If Ana and Bo sit together, glue them: 4! * 2 = 48.', '120 - 48 = 72.'],
    writeup: raw`$5!-2\cdot4! = 120-48$.`,
    wrong: [{ answer: '480', steps: ['6! = 720 arrangements.', 'Together: 2 * 5! = 240.', '720 - 240 = 480.'], noticed: 'rotations are the same' },
      { answer: '96', steps: ['5! = 120.', 'Together: 4! = 24.', '120 - 24 = 96.'], noticed: 'Ana and Bo can be swapped' },
      { answer: '36', steps: ['72 arrangements, and each one can be read clockwise or counter-clockwise.', 'So 36.'], noticed: 'reflections were not identified in the statement' }],
    probes: [{ say: 'Fix Ana at seat 0 and put Bo at seat s:', line: (k) => { const s = (k % 5) + 1; return `Bo at seat ${s}: ${s === 1 || s === 5 ? 'next to Ana, 24 arrangements excluded' : '24 arrangements counted'}`; } }],
  },
  {
    id: 'cb-trinomial', problem: raw`Find the coefficient of $x^4$ in the expansion of $(1 + x + x^2)^5$.`,
    answer: '45', difficulty: 2, correct: 4, size: 'm',
    steps: ['Choose b factors giving x and c factors giving x^2 with b + 2c = 4.', '(b, c) = (4, 0): C(5, 4) = 5. (2, 1): 5!/(2! 1! 2!) = 30. (0, 2): C(5, 2) = 10.', '5 + 30 + 10 = 45.'],
    writeup: raw`The exponents $(b,c)=(4,0),(2,1),(0,2)$ contribute $5+30+10$.`,
    wrong: [{ answer: '30', steps: ['b + 2c = 4 with b = 2, c = 1.', '5!/(2! 2!) = 30.'], noticed: 'there are other choices of b and c' },
      { answer: '51', steps: ['The coefficients of the fifth power are 1, 5, 15, 30, 45, 51.', 'The one of x^4 is the middle one, 51.'], noticed: 'the middle one belongs to x^5' }],
    probes: [{ say: 'Build the coefficients power by power:', line: (k) => { let row = [1]; for (let i = 0; i <= k; i++) row = Array.from({ length: row.length + 2 }, (_, j) => (row[j] ?? 0) + (row[j - 1] ?? 0) + (row[j - 2] ?? 0)); return `power ${k + 1}: ${row.slice(0, 9).join(', ')}${row.length > 9 ? ', ...' : ''}`; } }],
  },
  {
    id: 'cb-surjections', problem: raw`Five different books are given to three children so that every child gets at least one book. In how many ways can this be done?`,
    answer: '150', difficulty: 2, correct: 4, samples: 16, size: 'm',
    steps: ['Without the condition: 3^5 = 243.', 'One fixed child gets nothing: 2^5 = 32, three choices: 96. Two children get nothing: 1, three choices: 3.', 'Inclusion-exclusion: 243 - 96 + 3 = 150.'],
    writeup: raw`$3^5 - 3\cdot 2^5 + 3\cdot 1 = 243-96+3$.`,
    wrong: [{ answer: '147', steps: ['243 in all.', 'Subtract 3 * 32 = 96: 147.'], noticed: 'the cases where two children get nothing were subtracted twice' },
      { answer: '540', steps: ['First give one book to each child: 5 * 4 * 3 = 60.', 'The other two books go anywhere: 9.', '60 * 9 = 540.'], noticed: 'this counts the same distribution several times' },
      { answer: '243', steps: ['Each book has three choices: 3^5 = 243.'], noticed: 'a child may get nothing that way' },
      { answer: '6', steps: ['Partitions of 5 into three parts: 3+1+1 and 2+2+1.', 'In order: 3 + 3 = 6.'], noticed: 'the books are different' }],
    probes: [{ say: 'All functions in order, counting the surjective ones:', line: (k) => { const d = digits(k % 243, 3, 5); const ok = new Set(d).size === 3; return `${d.map((x) => 'XYZ'[x]).join('')}: ${ok ? 'everybody has a book' : `only ${new Set(d).size} of the children`}`; } }],
  },
  {
    id: 'cb-necklace', problem: raw`How many different necklaces of $4$ beads can be made with $3$ colours available, if necklaces that differ by a rotation (but not a reflection) count as the same?`,
    answer: '24', difficulty: 4, correct: 2, size: 'l',
    steps: ['Use Burnside with the 4 rotations.', 'Rotation by 0 fixes 3^4 = 81, by a quarter 3, by a half 9, by three quarters 3.', '(81 + 3 + 9 + 3)/4 = 96/4 = 24.'],
    writeup: raw`Burnside's lemma gives $\frac14(81+3+9+3)$.`,
    wrong: [{ answer: '21', steps: ['Burnside with rotations and reflections: (81 + 3 + 9 + 3 + 9 + 9 + 27 + 27)/8 = 21.'], noticed: 'reflections are not identified' },
      { answer: '20', steps: ['81 colourings, each necklace counted four times.', '81/4 = 20.25, so 20.'], noticed: 'a fractional orbit count means some orbits are smaller' },
      { answer: '81', steps: ['Each bead has three colours: 81.'], noticed: 'rotations are the same' }],
    probes: [{ say: 'Orbits, listing each colouring with its smallest rotation:', line: (k) => { const d = digits(k % 81, 3, 4); const s = d.map((x) => 'RGB'[x] ?? '').join(''); const all = [0, 1, 2, 3].map((i) => s.slice(i) + s.slice(0, i)); const least = [...all].sort()[0] ?? s; return `${s}: rotations ${all.join(' ')}, representative ${least}, orbit size ${new Set(all).size}`; } },
      { say: 'The formula for other numbers of colours c:', line: (k) => { const c = k + 1; return `c = ${c}: (${c ** 4} + ${c} + ${c * c} + ${c})/4 = ${(c ** 4 + c * c + 2 * c) / 4}`; } }],
  },
  {
    id: 'cb-dominoes', problem: raw`In how many ways can a $2 \times 9$ board be covered exactly by $2 \times 1$ dominoes?`,
    answer: '55', difficulty: 1, correct: 7, size: 's',
    steps: ['Let t_n be the number for a 2 by n board: the last column holds one upright domino or the last two hold two flat ones.', 't_n = t_(n-1) + t_(n-2), t_1 = 1, t_2 = 2.', '1, 2, 3, 5, 8, 13, 21, 34, 55.'],
    writeup: raw`$t_n=t_{n-1}+t_{n-2}$ with $t_1=1$, $t_2=2$, hence $t_9=55$.`,
    wrong: [{ answer: '34', steps: ['Fibonacci numbers: 1, 1, 2, 3, 5, 8, 13, 21, 34.', 'The ninth one is 34.'], noticed: 't_2 is 2, not 1' }],
    probes: [{ say: 'By the number of flat pairs:', line: (k) => { const p = k % 5; return `${p} flat pairs: C(${9 - p}, ${p}) = ${choose(9 - p, p)}`; } }],
  },
];
