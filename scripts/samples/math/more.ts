import { raw } from '../seeds.ts';

/** A problem without recorded rollouts, for the small sets in other projects' schemas. */
export interface PlainProblem {
  readonly problem: string;
  readonly answer: string;
  readonly solution: string;
}

/** Written as a DeepScaleR-like JSON array. */
export const deepScaleRLike: readonly PlainProblem[] = [
  { problem: raw`A rectangle has perimeter $34$ and area $60$. Find the length of its diagonal.`, answer: '13', solution: raw`With $a+b=17$ and $ab=60$ the squared diagonal is $17^2-120=169$, so it is $\boxed{13}$.` },
  { problem: raw`Find the sum of all two-digit numbers whose digits differ by exactly $7$.`, answer: '290', solution: raw`They are $18, 29, 70, 81, 92$ (in $70$ the digits differ by $7-0$), with sum $\boxed{290}$.` },
  { problem: raw`What is the smallest positive integer with exactly $10$ positive divisors?`, answer: '48', solution: raw`Either $p^9$ or $p^4q$: the smallest values are $512$ and $48$, so $\boxed{48}$.` },
  { problem: raw`Evaluate the sum $\frac{1}{1\cdot 3}+\frac{1}{3\cdot 5}+\dots+\frac{1}{19\cdot 21}$.`, answer: raw`\frac{10}{21}`, solution: raw`The sum telescopes: $\frac12\left(1-\frac1{21}\right)=\boxed{\frac{10}{21}}$.` },
  { problem: raw`A cone and a cylinder have equal radii and equal volumes. The cylinder has height $4$. Find the height of the cone.`, answer: '12', solution: raw`$\frac13\pi r^2h=4\pi r^2$ gives $h=\boxed{12}$.` },
  { problem: raw`How many four-digit numbers have strictly decreasing digits from left to right?`, answer: '210', solution: raw`Each choice of four of the ten digits gives exactly one such number: $\binom{10}{4}=\boxed{210}$.` },
  { problem: raw`The roots of $x^2-6x+c=0$ differ by $4$. Find $c$.`, answer: '5', solution: raw`The roots are $3\pm2$, so $c=5\cdot1=\boxed{5}$.` },
  { problem: raw`Find the area enclosed between the curves $y=x^2$ and $y=2x$.`, answer: raw`\frac43`, solution: raw`$\int_0^2(2x-x^2)\,dx=4-\frac83=\boxed{\frac43}$.` },
  { problem: raw`Three fair coins are tossed, and at least one shows heads. What is the probability that all three show heads?`, answer: raw`\frac17`, solution: raw`Seven outcomes have at least one head, one of them has three: $\boxed{\frac17}$.` },
  { problem: raw`Find the units digit of $3^{45}+8^{45}$.`, answer: '1', solution: raw`Units digits: $3^{45}\to3$ and $8^{45}\to8$ (both have period $4$ and $45\equiv1$), so $3+8=11$ ends in $\boxed{1}$.` },
];

/** Written as a veRL Parquet file. */
export const verlLike: readonly PlainProblem[] = [
  { problem: raw`A train needs $15$ seconds to pass a pole and $35$ seconds to pass completely over a bridge of length $400$ metres at the same speed. How long is the train in metres?`, answer: '300', solution: raw`$400$ metres take $20$ seconds, so the speed is $20$ metres per second and the length $300$ metres.` },
  { problem: raw`Find the remainder when $5^{100}$ is divided by $13$.`, answer: '1', solution: raw`$5^2=25\equiv-1$, so $5^4\equiv1$ and $5^{100}\equiv1$.` },
  { problem: raw`The angles of a convex pentagon form an arithmetic progression. What is the middle angle in degrees?`, answer: '108', solution: raw`The sum is $540$ degrees and the middle term is the mean.` },
  { problem: raw`In how many ways can $8$ identical sweets be shared among $3$ children so that each child gets at least one?`, answer: '21', solution: raw`$\binom72=21$.` },
  { problem: raw`Simplify $\dfrac{\sqrt{50}-\sqrt{18}}{\sqrt{8}}$ to a single rational number for the width of a strip.`, answer: '1', solution: raw`$\frac{5\sqrt2-3\sqrt2}{2\sqrt2}=1$.` },
  { problem: raw`Solve $3^{x+1}+3^{x}=36$ for real $x$.`, answer: '2', solution: raw`$4\cdot3^x=36$ gives $3^x=9$.` },
  { problem: raw`A circle passes through the points $(0,0)$, $(6,0)$ and $(0,8)$. Find its area.`, answer: raw`25\pi`, solution: raw`The right angle at the origin makes the segment of length $10$ a diameter.` },
  { problem: raw`The sequence $a_1=2$, $a_{n+1}=3a_n-2$ is given. Find $a_6$.`, answer: '244', solution: raw`$a_n=3^{n-1}+1$, so $a_6=244$.` },
];
