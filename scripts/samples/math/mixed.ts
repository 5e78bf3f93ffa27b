import { raw, type MathSeed } from '../seeds.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const f = (value: number, places = 3): string => value.toFixed(places);

/** Answers of other kinds: text, money, units, complex numbers, tuples, an inverse matrix. */
export const mixed: readonly MathSeed[] = [
  {
    id: 'mx-weekday', problem: raw`In a year that is not a leap year, 1 January is a Wednesday. On which day of the week does 1 May fall in that year?`,
    answer: raw`\text{Thursday}`, forms: ['Thursday'], difficulty: 1, correct: 5, size: 's',
    steps: ['January to April have 31 + 28 + 31 + 30 = 120 days.', '120 = 17 * 7 + 1.', 'So the weekday moves on by one: Thursday.'],
    writeup: raw`$31+28+31+30=120\equiv1 \pmod 7$, one day after Wednesday.`,
    wrong: [{ answer: raw`\text{Friday}`, steps: ['31 + 29 + 31 + 30 = 121 days.', '121 = 17 * 7 + 2: Friday.'], noticed: 'February has 28 days in this year' },
      { answer: raw`\text{Wednesday}`, steps: ['Four months are 16 weeks and some days, roughly 17 weeks.', 'So it is a Wednesday again.'] }],
    probes: [{ say: 'Counting weeks from 1 January:', line: (k) => `day ${1 + 7 * k} of the year is a Wednesday, day ${2 + 7 * k} a ${weekdays[4] ?? ''}` }],
  },
  {
    id: 'mx-mean-median', problem: raw`For the data $3, 7, 7, 10, 18$ give the ordered pair (mean, median).`,
    answer: '(9, 7)', difficulty: 0, correct: 8, size: 's',
    steps: ['The sum is 45, five values: the mean is 9.', 'In order the middle value is 7.', 'So (9, 7).'],
    writeup: raw`$\frac{45}{5}=9$ and the third of five ordered values is $7$.`,
    wrong: [{ answer: '(7, 9)', steps: ['Mean 45/5 = 9, median 7.', 'The pair is (7, 9).'], noticed: 'the mean comes first' }],
    probes: [{ say: 'Deviations from 9 cancel:', line: (k) => { const data = [3, 7, 7, 10, 18]; const v = data[k % 5] ?? 0; return `${v} - 9 = ${v - 9}`; } }],
  },
  {
    id: 'mx-eigenvalues', problem: raw`Find the set of eigenvalues of the matrix $\begin{pmatrix} 4 & 1 \\ 2 & 3 \end{pmatrix}$.`,
    answer: raw`\{2, 5\}`, forms: ['5, 2', raw`\left\{5, 2\right\}`], difficulty: 1, correct: 6, size: 's',
    steps: ['Trace 7, determinant 12 - 2 = 10.', 't^2 - 7t + 10 = (t - 2)(t - 5).', 'The eigenvalues are 2 and 5.'],
    writeup: raw`The characteristic polynomial is $t^2-7t+10$.`,
    wrong: [{ answer: raw`\{3, 4\}`, steps: ['The diagonal entries are 4 and 3.', 'So the eigenvalues are 3 and 4.'], noticed: 'the matrix is not triangular' },
      { answer: raw`\{-2, -5\}`, steps: ['t^2 + 7t + 10 = (t + 2)(t + 5).', 'Eigenvalues -2 and -5.'], noticed: 'the trace is +7' }],
    probes: [{ say: 'det(A - tI) for some t:', line: (k) => { const t = -1 + k * 0.5; return `t = ${t}: (4 - t)(3 - t) - 2 = ${(4 - t) * (3 - t) - 2}`; } }],
  },
  {
    id: 'mx-fruit', problem: raw`Three apples and two pears cost \$5.10, one apple and four pears cost \$6.20. What does one pear cost, in dollars?`,
    answer: raw`\$1.35`, forms: ['1.35', raw`1.35\text{ dollars}`], difficulty: 1, correct: 6, size: 's',
    steps: ['From the second sentence a = 6.20 - 4p.', 'Then 18.60 - 12p + 2p = 5.10, so 10p = 13.50.', 'p = 1.35; check: a = 0.80 and 2.40 + 2.70 = 5.10.'],
    writeup: raw`$3(6.20-4p)+2p=5.10$ gives $10p=13.50$.`,
    wrong: [{ answer: raw`\$0.80`, steps: ['Solving the system gives a = 0.80 and p = 1.35.', 'The answer is 0.80.'], noticed: 'a pear was asked for' },
      { answer: raw`\$1.13`, steps: ['Together four apples and six pears cost 11.30.', 'Ten fruits, so 1.13 each.'], noticed: 'apples and pears have different prices' }],
    probes: [{ say: 'Trying pear prices:', line: (k) => { const p = 1 + 0.05 * k; const a = 6.2 - 4 * p; return `p = ${f(p, 2)}: a = ${f(a, 2)}, 3a + 2p = ${f(3 * a + 2 * p, 2)}`; } }],
  },
  {
    id: 'mx-inverse', problem: raw`Find the inverse of the matrix $\begin{pmatrix} 2 & 1 \\ 5 & 3 \end{pmatrix}$.`,
    answer: raw`\begin{pmatrix} 3 & -1 \\ -5 & 2 \end{pmatrix}`, forms: [raw`\begin{bmatrix} 3 & -1 \\ -5 & 2 \end{bmatrix}`], difficulty: 1, correct: 6, size: 's',
    steps: ['The determinant is 6 - 5 = 1.', 'Swap the diagonal and change the signs of the others: [[3, -1], [-5, 2]].', 'Product check: 2*3 - 5 = 1, -2 + 2 = 0, 15 - 15 = 0, -5 + 6 = 1.'],
    writeup: raw`For determinant $1$ the inverse is the adjugate.`,
    wrong: [{ answer: raw`\begin{pmatrix} 3 & 1 \\ 5 & 2 \end{pmatrix}`, steps: ['Determinant 1.', 'Swap the diagonal: [[3, 1], [5, 2]].'], noticed: 'the off-diagonal signs have to change' },
      { answer: raw`\begin{pmatrix} \frac12 & 1 \\ \frac15 & \frac13 \end{pmatrix}`, steps: ['Invert each entry: 1/2, 1, 1/5, 1/3.'], noticed: 'the inverse is not entrywise' }],
    probes: [{ say: 'Solving for the first column by trial:', line: (k) => { const a = (k % 7) - 1; const c = 1 - 2 * a; return `a = ${a}, c = ${c}: 5a + 3c = ${5 * a + 3 * c}`; } }],
  },
  {
    id: 'mx-complex', problem: raw`Write the complex number $\dfrac{1 + 2i}{3 - i}$ in the form $a + bi$ with real $a$ and $b$.`,
    answer: raw`\frac{1}{10} + \frac{7}{10}i`, forms: ['0.1 + 0.7i', raw`\frac{1+7i}{10}`], difficulty: 1, correct: 6, samples: 10, size: 's',
    steps: ['Multiply by the conjugate 3 + i.', '(1 + 2i)(3 + i) = 3 + i + 6i - 2 = 1 + 7i.', 'The denominator is 9 + 1 = 10.'],
    writeup: raw`$\dfrac{(1+2i)(3+i)}{10}=\dfrac{1+7i}{10}$.`,
    wrong: [{ answer: raw`\frac{5}{10} + \frac{7}{10}i`, steps: ['(1 + 2i)(3 + i) = 3 + 7i + 2 = 5 + 7i.', 'Divide by 10.'], noticed: 'i^2 = -1' },
      { answer: raw`\frac{1}{8} + \frac{7}{8}i`, steps: ['Numerator 1 + 7i.', 'Denominator 9 - 1 = 8.'], noticed: '(3 - i)(3 + i) = 9 + 1' }],
    probes: [{ say: 'Multiplying candidates back by 3 - i:', line: (k) => { const b = 0.1 * k; return `(0.1 + ${f(b, 1)}i)(3 - i) = ${f(0.3 + b, 2)} + ${f(3 * b - 0.1, 2)}i`; } }],
  },
  {
    id: 'mx-light', problem: raw`Light travels $3 \times 10^8$ metres in a second. A planet is $1.5 \times 10^{11}$ metres from its star. How many seconds does light need from the star to the planet?`,
    answer: raw`500 \text{ seconds}`, forms: ['500', raw`5 \times 10^{2}`, raw`500\text{ s}`], difficulty: 0, correct: 8, size: 's',
    steps: ['Time is distance divided by speed.', '1.5/3 = 0.5 and 10^11/10^8 = 1000.', '500 seconds.'],
    writeup: raw`$\dfrac{1.5\times10^{11}}{3\times10^8}=0.5\times10^3$.`,
    wrong: [{ answer: '5000', steps: ['1.5/3 = 0.5, 10^11/10^8 = 10^4.', '5000 seconds.'], noticed: '11 - 8 is 3' }],
    probes: [{ say: 'Distance after t seconds:', line: (k) => `t = ${50 * (k + 1)}: ${f(0.15 * (k + 1), 2)} * 10^11 m` }],
  },
];

/** Problems that a rule filter should catch, one for each of four labels, and the one planted in a benchmark's words. */
export const caught: readonly MathSeed[] = [
  {
    id: 'flt-multi-question', problem: raw`(a) Find the sum of the first $20$ odd positive integers. (b) Find the smallest $n$ for which the sum of the first $n$ odd positive integers exceeds $1000$.`,
    answer: '400, 32', difficulty: 1, correct: 3, size: 's',
    steps: ['The sum of the first n odd numbers is n^2.', 'For n = 20 that is 400.', '31^2 = 961 and 32^2 = 1024, so n = 32.'],
    writeup: raw`The sum is $n^2$: $20^2=400$, and $31^2<1000<32^2$.`,
    wrong: [{ answer: '400', steps: ['The sum of the first n odd numbers is n^2.', '20^2 = 400.'], noticed: 'part (b) is missing' }, { answer: '400, 31', steps: ['n^2 for 20 is 400.', '31^2 = 961 is close to 1000, so n = 31.'], noticed: '961 does not exceed 1000' }],
    probes: [{ say: 'Running sums:', line: (k) => `n = ${k + 1}: last term ${2 * k + 1}, sum ${(k + 1) ** 2}` }],
  },
  {
    id: 'flt-multiple-choice', problem: raw`Which of the following numbers is the largest? (A) $2^{30}$ (B) $3^{20}$ (C) $5^{12}$ (D) $10^9$`,
    answer: 'B', difficulty: 1, correct: 5, size: 's',
    steps: ['2^30 = 1073741824, just above 10^9.', '3^20 = (3^10)^2 = 59049^2, about 3.49 * 10^9.', '5^12 = 244140625. So B is the largest.'],
    writeup: raw`$3^{20}=3486784401$ exceeds the other three.`,
    wrong: [{ answer: 'A', steps: ['The exponent 30 is the largest.', 'So A.'], noticed: '9^10 is more than 8^10' }, { answer: 'D', steps: ['10^9 is a billion, the others look smaller.', 'So D.'], noticed: '2^30 is already more than 10^9' }],
    probes: [{ say: 'Powers:', line: (k) => `n = ${k + 1}: 2^n = ${2n ** BigInt(k + 1)}, 3^n = ${3n ** BigInt(k + 1)}` }],
  },
  {
    id: 'flt-proof', problem: raw`Prove that the product of four consecutive positive integers is never a perfect square.`,
    answer: 'proof', difficulty: null, correct: 0, size: 'm',
    steps: ['Write n(n+1)(n+2)(n+3) = (n^2 + 3n)(n^2 + 3n + 2).', 'With m = n^2 + 3n + 1 this is m^2 - 1.', 'For m > 1 the number m^2 - 1 lies strictly between (m - 1)^2 and m^2.'],
    writeup: raw`$n(n+1)(n+2)(n+3)=(n^2+3n+1)^2-1$ lies between two neighbouring squares.`,
    wrong: [{ answer: raw`\text{QED}`, steps: ['n(n+1)(n+2)(n+3) = (n^2 + 3n + 1)^2 - 1.', 'A square minus 1 is a square only for 1, and n^2 + 3n + 1 is at least 5. Done.'] }, { answer: '0', steps: ['The product is one less than a square.', 'Squares that differ by one are 0 and 1.', 'So there are 0 such products.'] }],
    probes: [{ say: 'Small products:', line: (k) => { const n = k + 1; const p = n * (n + 1) * (n + 2) * (n + 3); return `n = ${n}: ${p} = ${n * n + 3 * n + 1}^2 - 1`; } }],
  },
  {
    id: 'flt-figure', problem: raw`In the figure below, the circle touches all four sides of the rhombus. Its diagonals have lengths $6$ and $8$. What is the radius of the circle?`,
    answer: raw`\frac{12}{5}`, forms: ['2.4'], difficulty: 1, correct: 5, size: 's',
    steps: ['The half diagonals are 3 and 4, so the side is 5.', 'The centre is the crossing of the diagonals; the radius is the height in the right triangle 3, 4, 5.', 'r = 3 * 4 / 5 = 12/5.'],
    writeup: raw`The radius is the altitude of the right triangle with legs $3$ and $4$.`,
    wrong: [{ answer: raw`\frac{24}{5}`, steps: ['Area 24, side 5.', 'The height of the rhombus is 24/5.'], noticed: 'the height is the diameter' }, { answer: '3', steps: ['Half of the shorter diagonal is 3.'], noticed: 'the circle touches the sides, not the corners' }],
    probes: [{ say: 'Distance from the centre to points of a side:', line: (k) => { const t = k / 25; return `t = ${f(t, 2)}: ${f(Math.hypot(3 * (1 - t), 4 * t))}`; } }],
  },
  {
    id: 'planted-beanstalk', problem: raw`In spring, Jane planted a beanstalk in her backyard. After the first week, it was 3 inches tall. It doubled in height the second week. It grew another 4 inches in the third week. How tall in inches was the beanstalk after 3 weeks?`,
    answer: '10', difficulty: 0, correct: 8, size: 's',
    steps: ['After one week 3 inches.', 'After two weeks 6 inches.', 'After three weeks 6 + 4 = 10 inches.'],
    writeup: raw`$3\cdot 2+4=10$ inches.`,
    wrong: [{ answer: '11', steps: ['3, then 7, then 11.'], noticed: 'the second week doubles' }],
    probes: [{ say: 'If the first height had been h:', line: (k) => `h = ${k + 1}: 2h + 4 = ${2 * (k + 1) + 4}` }],
    origin: { url: 'https://github.com/openai/grade-school-math', licence: 'MIT' },
  },
];
