import { raw, type CodeSeed } from '../seeds.ts';

const isPrime = (n: number): boolean => { if (n < 2) return false; for (let d = 2; d * d <= n; d++) if (n % d === 0) return false; return true; };

/** Arithmetic and search problems, read from standard input. */
export const numberProblems: readonly CodeSeed[] = [
  {
    id: 'code-best-stretch', title: 'Best stretch', funcName: null, difficulty: 1, correct: 4, samples: 10, size: 's',
    problem: `A hiker notes the change of height of each section of a trail. Find the largest total change over a stretch of one or more consecutive sections.

Input: n (1 <= n <= 200000) on the first line, n integers between -10^9 and 10^9 on the second.
Output: the largest total.`,
    cases: [['5\n2 -1 3 -5 4\n', '4\n'], ['3\n-4 -2 -7\n', '-2\n'], ['1\n0\n', '0\n'], ['6\n1 2 3 -10 4 4\n', '8\n'], ['2\n-1000000000 -1000000000\n', '-1000000000\n'], ['4\n5 -9 6 -1\n', '6\n']],
    steps: ['For each position keep the best total of a stretch ending there: max(x, best + x).', 'The answer is the largest of these.', 'All values may be negative, so the start must not be 0.'],
    solution: raw`n = int(input())
values = list(map(int, input().split()))
best = ending = values[0]
for x in values[1:]:
    ending = max(x, ending + x)
    best = max(best, ending)
print(best)`,
    variants: [raw`n = int(input())
total, lowest, answer = 0, 0, None
for x in map(int, input().split()):
    total += x
    if answer is None or total - lowest > answer:
        answer = total - lowest
    lowest = min(lowest, total)
print(answer)`],
    wrong: [{ kind: 'wrong', steps: ['Reset the running sum to 0 whenever it becomes negative, and remember the largest sum, starting with 0.'], code: raw`n = int(input())
best = run = 0
for x in map(int, input().split()):
    run = max(0, run + x)
    best = max(best, run)
print(best)` },
      { kind: 'wrong', steps: ['The best stretch probably consists of the positive sections, so add those.'], code: raw`n = int(input())
values = list(map(int, input().split()))
positive = [x for x in values if x > 0]
print(sum(positive) if positive else max(values))` }],
    probes: [{ say: 'Trace on a made-up trail:', line: (k) => { let ending = -Infinity; let best = -Infinity; let x = 0; for (let i = 0; i <= k; i++) { x = ((i * 37 + 11) % 23) - 11; ending = Math.max(x, ending + x); best = Math.max(best, ending); } return `section ${k + 1}: x = ${x}, ending here ${ending}, best ${best}`; } }],
  },
  {
    id: 'code-prime-range', title: 'Primes in a range', funcName: null, difficulty: 2, correct: 4, size: 'm', timeLimitSeconds: 2,
    problem: `Answer q questions of the form: how many primes p satisfy a <= p <= b?

Input: q (1 <= q <= 20000) on the first line, then q lines with two integers 1 <= a <= b <= 1000000.
Output: one number per question.`,
    cases: [['3\n1 10\n11 11\n14 16\n', '4\n1\n0\n'], ['1\n1 1\n', '0\n'], ['2\n2 2\n2 3\n', '1\n2\n'], ['1\n1 1000000\n', '78498\n'], [`40\n${'1 1000000\n'.repeat(40)}`, '78498\n'.repeat(40)]],
    steps: ['Sieve the primes up to 1000000 once.', 'Prefix sums count[i] = number of primes up to i.', 'The answer is count[b] - count[a - 1].'],
    solution: raw`import sys

def main():
    data = sys.stdin.read().split()
    limit = 1000000
    sieve = bytearray([1]) * (limit + 1)
    sieve[0] = sieve[1] = 0
    for i in range(2, 1001):
        if sieve[i]:
            sieve[i * i::i] = bytes(len(range(i * i, limit + 1, i)))
    count = [0] * (limit + 1)
    total = 0
    for i in range(limit + 1):
        total += sieve[i]
        count[i] = total
    out = []
    for k in range(int(data[0])):
        a, b = int(data[1 + 2 * k]), int(data[2 + 2 * k])
        out.append(count[b] - count[a - 1])
    print("\n".join(map(str, out)))

main()`,
    wrong: [{ kind: 'time', steps: ['Test each number of the range by trial division up to its root; a million numbers should be fine.'], code: raw`def is_prime(n):
    if n < 2:
        return False
    d = 2
    while d * d <= n:
        if n % d == 0:
            return False
        d += 1
    return True

for _ in range(int(input())):
    a, b = map(int, input().split())
    print(sum(1 for n in range(a, b + 1) if is_prime(n)))` },
      { kind: 'wrong', steps: ['Sieve, prefix sums, and the answer is count[b] - count[a].'], code: raw`limit = 1000000
sieve = [True] * (limit + 1)
sieve[0] = sieve[1] = False
for i in range(2, 1001):
    if sieve[i]:
        for j in range(i * i, limit + 1, i):
            sieve[j] = False
count = [0] * (limit + 1)
for i in range(1, limit + 1):
    count[i] = count[i - 1] + sieve[i]
for _ in range(int(input())):
    a, b = map(int, input().split())
    print(count[b] - count[a])` }],
    probes: [{ say: 'Counting primes by hand to have values to compare with:', line: (k) => { const n = k + 1; let c = 0; for (let i = 2; i <= n; i++) if (isPrime(i)) c++; return `count[${n}] = ${c}${isPrime(n) ? ` (${n} is prime)` : ''}`; } }],
  },
  {
    id: 'code-power-mod', title: 'Remainder of a power', funcName: null, difficulty: 1, correct: 5, size: 's', timeLimitSeconds: 2,
    problem: `Compute the remainder of a^b on division by m, with 0^0 taken as 1.

Input: one line with a, b, m; 0 <= a, b <= 10^18, 1 <= m <= 10^9.
Output: the remainder.`,
    cases: [['2 10 1000\n', '24\n'], ['3 0 1\n', '0\n'], ['0 0 7\n', '1\n'], ['10 18 7\n', '1\n'], ['123456789 1000000000000000000 998244353\n', '574599152\n'], ['5 1 5\n', '0\n']],
    steps: ['Repeated squaring needs about 60 steps.', 'For m = 1 everything is 0, also for b = 0.'],
    solution: raw`a, b, m = map(int, input().split())
result = 1 % m
a %= m
while b:
    if b & 1:
        result = result * a % m
    a = a * a % m
    b >>= 1
print(result)`,
    variants: [raw`a, b, m = map(int, input().split())
print(pow(a, b, m))`],
    wrong: [{ kind: 'time', steps: ['Multiply b times and reduce after each step, so the numbers stay small.'], code: raw`a, b, m = map(int, input().split())
result = 1 % m
for _ in range(b):
    result = result * a % m
print(result)` },
      { kind: 'wrong', steps: ['Repeated squaring with result starting at 1.'], code: raw`a, b, m = map(int, input().split())
result = 1
while b > 0:
    if b % 2:
        result = result * a % m
    a = a * a % m
    b //= 2
print(result)` }],
    probes: [{ say: 'Squaring by hand for 3^b modulo 1000:', line: (k) => { let p = 3; for (let i = 0; i < k; i++) p = (p * p) % 1000; return `3^(2^${k}) = ...${String(p).padStart(3, '0')}`; } }],
  },
  {
    id: 'code-fewest-coins', title: 'Fewest coins', funcName: null, difficulty: 2, correct: 5, size: 'm',
    problem: `A vending machine pays out an amount with as few coins as possible. It has an unlimited number of each of its coins.

Input: first line the amount s (0 <= s <= 10000) and the number k of coin values (1 <= k <= 20), second line the k values.
Output: the smallest number of coins with total exactly s, or -1 if there is none.`,
    cases: [['11 3\n1 2 5\n', '3\n'], ['3 1\n2\n', '-1\n'], ['0 2\n5 7\n', '0\n'], ['6 3\n1 3 4\n', '2\n'], ['9999 3\n7 11 13\n', '771\n'], ['27 2\n10 6\n', '-1\n']],
    steps: ['Let best[t] be the smallest number for total t, best[0] = 0.', 'best[t] = 1 + min over coins c <= t of best[t - c].', 'Greedy is not right: 6 from 1, 3, 4 needs 3 + 3.'],
    solution: raw`s, k = map(int, input().split())
coins = list(map(int, input().split()))
far = 10 ** 9
best = [0] + [far] * s
for t in range(1, s + 1):
    for c in coins:
        if c <= t and best[t - c] + 1 < best[t]:
            best[t] = best[t - c] + 1
print(best[s] if best[s] < far else -1)`,
    wrong: [{ kind: 'wrong', steps: ['Take the largest coin as often as possible, then the next.'], code: raw`s, k = map(int, input().split())
coins = sorted(map(int, input().split()), reverse=True)
used = 0
for c in coins:
    used += s // c
    s %= c
print(used if s == 0 else -1)` },
      { kind: 'wrong', steps: ['Dynamic programming from 1 to s; print the entry, with a large number for impossible totals.'], code: raw`s, k = map(int, input().split())
coins = list(map(int, input().split()))
best = [0] + [999999] * s
for t in range(1, s + 1):
    for c in coins:
        if c <= t:
            best[t] = min(best[t], best[t - c] + 1)
print(best[s])` }],
    probes: [{ say: 'The table for coins 1, 3, 4:', line: (k) => { const best = [0]; for (let t = 1; t <= k; t++) best.push(1 + Math.min(...[1, 3, 4].filter((c) => c <= t).map((c) => best[t - c] ?? 0))); let g = 0; let r = k; for (const c of [4, 3, 1]) { g += Math.floor(r / c); r %= c; } return `total ${k}: best ${best[k] ?? 0}, greedy ${g}${g !== best[k] ? '   <- greedy is worse' : ''}`; } }],
  },
  {
    id: 'code-cut-ropes', title: 'Equal pieces of rope', funcName: null, difficulty: 3, correct: 3, size: 'm', timeLimitSeconds: 2,
    problem: `From n ropes at least k pieces of the same whole length are to be cut (the rest of a rope is waste). Find the largest possible length.

Input: n and k (1 <= n <= 1000, 1 <= k <= 10^9), then a line with n lengths between 1 and 10^9.
Output: the largest length, or 0 if even pieces of length 1 are too few.`,
    cases: [['4 11\n802 743 457 539\n', '200\n'], ['1 2\n1\n', '0\n'], ['2 2\n5 5\n', '5\n'], ['3 7\n10 10 10\n', '3\n'], ['2 3\n1000000000 1\n', '333333333\n'], ['1 1000000000\n1000000000\n', '1\n']],
    steps: ['The number of pieces sum(l // x) falls as x grows, so search for x by bisection.', 'Search between 0 (always possible) and max + 1 (never possible).'],
    solution: raw`n, k = map(int, input().split())
ropes = list(map(int, input().split()))
low, high = 0, max(ropes) + 1
while high - low > 1:
    x = (low + high) // 2
    if sum(r // x for r in ropes) >= k:
        low = x
    else:
        high = x
print(low)`,
    wrong: [{ kind: 'time', steps: ['Try lengths from the longest rope downwards until the number of pieces is enough.'], code: raw`n, k = map(int, input().split())
ropes = list(map(int, input().split()))
x = max(ropes)
while x > 0 and sum(r // x for r in ropes) < k:
    x -= 1
print(x)` },
      { kind: 'wrong', steps: ['All pieces together use at most the total length, so the answer is total // k.'], code: raw`n, k = map(int, input().split())
ropes = list(map(int, input().split()))
print(sum(ropes) // k)` },
      { kind: 'exception', steps: ['Bisection between 0 and the longest rope.'], code: raw`n, k = map(int, input().split())
ropes = list(map(int, input().split()))
low, high = 0, max(ropes)
while low < high:
    x = (low + high) // 2
    if sum(r // x for r in ropes) >= k:
        low = x + 1
    else:
        high = x
print(low - 1)` }],
    probes: [{ say: 'Pieces from 802, 743, 457, 539 for some lengths:', line: (k) => { const x = 150 + 2 * k; return `x = ${x}: ${[802, 743, 457, 539].map((r) => Math.floor(r / x)).join(' + ')} = ${[802, 743, 457, 539].reduce((a, r) => a + Math.floor(r / x), 0)}`; } }],
  },
  {
    id: 'code-growing-chain', title: 'Longest growing chain', funcName: null, difficulty: 4, correct: 2, size: 'l', timeLimitSeconds: 2,
    problem: `Find the length of the longest strictly increasing subsequence of a sequence (the chosen elements keep their order but need not be neighbours).

Input: n (1 <= n <= 100000), then a line with n integers.
Output: the length.`,
    cases: [['6\n5 1 4 2 3 9\n', '4\n'], ['4\n7 7 7 7\n', '1\n'], ['1\n-3\n', '1\n'], ['5\n5 4 3 2 1\n', '1\n'], ['8\n-1 3 -2 4 0 5 6 1\n', '5\n'], [`12000\n${Array.from({ length: 12000 }, (_, i) => i).join(' ')}\n`, '12000\n']],
    steps: ['Keep tails[l] = the smallest last element of a chain of length l + 1.', 'For each x replace the first tail that is >= x (bisect_left), or append x.', 'The answer is the number of tails; strictness is why it is bisect_left.'],
    solution: raw`from bisect import bisect_left
n = int(input())
tails = []
for x in map(int, input().split()):
    i = bisect_left(tails, x)
    if i == len(tails):
        tails.append(x)
    else:
        tails[i] = x
print(len(tails))`,
    wrong: [{ kind: 'wrong', steps: ['Tails with bisection; I take bisect_right to find the place.'], code: raw`from bisect import bisect_right
n = int(input())
tails = []
for x in map(int, input().split()):
    i = bisect_right(tails, x)
    if i == len(tails):
        tails.append(x)
    else:
        tails[i] = x
print(len(tails))` },
      { kind: 'time', steps: ['best[i] = 1 + max of best[j] over j < i with a[j] < a[i]. Two loops.'], code: raw`n = int(input())
a = list(map(int, input().split()))
best = [1] * n
for i in range(n):
    for j in range(i):
        if a[j] < a[i] and best[j] + 1 > best[i]:
            best[i] = best[j] + 1
print(max(best))` },
      { kind: 'wrong', steps: ['Go from left to right and take each element that is larger than the last one taken.'], code: raw`n = int(input())
count, last = 0, None
for x in map(int, input().split()):
    if last is None or x > last:
        count += 1
        last = x
print(count)` }],
    probes: [{ say: 'Tails after each element of the sequence x_i = (29 i + 5) mod 41:', line: (k) => { const tails: number[] = []; let x = 0; for (let i = 0; i <= k; i++) { x = (29 * i + 5) % 41; const at = tails.findIndex((t) => t >= x); if (at < 0) tails.push(x); else tails[at] = x; } return `x_${k} = ${x}: tails ${tails.join(', ')}`; } },
      { say: 'And with the second sequence y_i = (17 i + 3) mod 53:', line: (k) => { const tails: number[] = []; let x = 0; for (let i = 0; i <= k; i++) { x = (17 * i + 3) % 53; const at = tails.findIndex((t) => t >= x); if (at < 0) tails.push(x); else tails[at] = x; } return `y_${k} = ${x}: ${tails.length} tails, the last ${tails.at(-1) ?? 0}`; } }],
  },
];
