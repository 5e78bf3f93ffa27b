import { raw, type CodeSeed } from '../seeds.ts';

/** Problems about strings and formatting, read from standard input. */
export const textProblems: readonly CodeSeed[] = [
  {
    id: 'code-shelf-brackets', title: 'Nested boxes', funcName: null, difficulty: 1, correct: 5, size: 's',
    problem: `A packing robot writes one character per action: an opening bracket of kind (, [ or { puts a box down, and the matching closing bracket ), ] or } closes the innermost open box. A log is valid if every closing bracket matches the innermost open box and no box stays open. An empty log is valid.

Input: one line with the log, at most 100000 characters, possibly empty.
Output: YES if the log is valid, NO otherwise.`,
    cases: [['([]{})\n', 'YES\n'], ['([)]\n', 'NO\n'], ['(((\n', 'NO\n'], ['\n', 'YES\n'], [']\n', 'NO\n'], ['{[()()]}[]\n', 'YES\n'], [`${'('.repeat(400)}${')'.repeat(400)}\n`, 'YES\n']],
    steps: ['Keep a stack of the open boxes.', 'On a closing bracket the top of the stack must be the matching opening one.', 'In the end the stack must be empty; an empty line is valid.'],
    solution: raw`def main():
    try:
        log = input().strip()
    except EOFError:
        log = ""
    partner = {')': '(', ']': '[', '}': '{'}
    stack = []
    for c in log:
        if c in '([{':
            stack.append(c)
        elif not stack or stack.pop() != partner[c]:
            print("NO")
            return
    print("NO" if stack else "YES")

main()`,
    variants: [raw`import sys
log = sys.stdin.readline().strip()
previous = None
while previous != log:
    previous = log
    log = log.replace("()", "").replace("[]", "").replace("{}", "")
print("YES" if log == "" else "NO")`],
    wrong: [{ kind: 'wrong', steps: ['It is enough to count: as many closing as opening brackets of each kind, and never more closed than opened.'], code: raw`log = input()
depth = {'(': 0, '[': 0, '{': 0}
partner = {')': '(', ']': '[', '}': '{'}
ok = True
for c in log:
    if c in depth:
        depth[c] += 1
    else:
        depth[partner[c]] -= 1
        if depth[partner[c]] < 0:
            ok = False
print("YES" if ok and not any(depth.values()) else "NO")` },
      { kind: 'exception', steps: ['Use a stack and pop on each closing bracket; the stack cannot be empty there, since a closing bracket follows an opening one.'], code: raw`log = input()
partner = {')': '(', ']': '[', '}': '{'}
stack = []
good = True
for c in log:
    if c in '([{':
        stack.append(c)
    elif stack.pop() != partner[c]:
        good = False
        break
print("YES" if good and not stack else "NO")` }],
    probes: [{ say: 'Trace of small logs:', line: (k) => { const s = Array.from({ length: 4 }, (_, i) => '()[]'[Math.floor(k / 4 ** i) % 4] ?? '').join(''); const stack: string[] = []; let ok = true; for (const c of s) { if (c === '(' || c === '[') stack.push(c); else if (stack.pop() !== (c === ')' ? '(' : '[')) { ok = false; break; } } return `"${s}": ${ok && stack.length === 0 ? 'YES' : 'NO'}, stack at the end [${stack.join(' ')}]`; } }],
  },
  {
    id: 'code-run-lengths', title: 'Run lengths', funcName: null, difficulty: 0, correct: 7, size: 's',
    problem: `A word of lower-case letters is compressed by replacing each maximal run of equal letters by the letter followed by the run's length; a run of length 1 is written without a number.

Input: one line with the word (1 to 100000 letters).
Output: the compressed word.`,
    cases: [['aaabccd\n', 'a3bc2d\n'], ['x\n', 'x\n'], ['zzzzzzzzzzzz\n', 'z12\n'], ['abab\n', 'abab\n'], ['aabb\n', 'a2b2\n'], ['mississippi\n', 'mis2is2ip2i\n']],
    steps: ['Walk through the word and count the current run.', 'Flush the run when the letter changes, and once more at the end.'],
    solution: raw`word = input().strip()
parts = []
i = 0
while i < len(word):
    j = i
    while j < len(word) and word[j] == word[i]:
        j += 1
    parts.append(word[i] + (str(j - i) if j - i > 1 else ""))
    i = j
print("".join(parts))`,
    variants: [raw`from itertools import groupby
word = input().strip()
out = []
for letter, run in groupby(word):
    n = len(list(run))
    out.append(letter if n == 1 else letter + str(n))
print("".join(out))`],
    wrong: [{ kind: 'wrong', steps: ['Compare each letter with the one before and write the run when it changes.'], code: raw`word = input().strip()
out = ""
count = 1
for a, b in zip(word, word[1:]):
    if a == b:
        count += 1
    else:
        out += a + (str(count) if count > 1 else "")
        count = 1
print(out)` }],
    probes: [{ say: 'By hand on short words:', line: (k) => { const s = Array.from({ length: 5 }, (_, i) => 'ab'[Math.floor(k / 2 ** i) % 2] ?? '').join(''); return `"${s}" -> "${s.replace(/(.)\1*/g, (run, c: string) => (run.length > 1 ? c + String(run.length) : c))}"`; } }],
  },
  {
    id: 'code-digit-root', title: 'Digit sums until one digit', funcName: null, difficulty: 1, correct: 6, size: 's',
    problem: `Replace a non-negative integer by the sum of its decimal digits until a single digit remains. Print that digit and the number of replacements made.

Input: one line with the integer, up to 10000 digits, no leading zeros.
Output: the final digit and the number of replacements, separated by a space.`,
    cases: [['9875\n', '2 3\n'], ['0\n', '0 0\n'], ['7\n', '7 0\n'], ['10\n', '1 1\n'], [`${'9'.repeat(500)}\n`, '9 2\n'], ['199\n', '1 3\n']],
    steps: ['Work on the text of the number, so that its size does not matter.', 'While there is more than one digit, add the digits and count.'],
    solution: raw`digits = input().strip()
steps = 0
while len(digits) > 1:
    digits = str(sum(map(int, digits)))
    steps += 1
print(digits, steps)`,
    wrong: [{ kind: 'wrong', steps: ['The final digit is 1 + (n - 1) mod 9; count the replacements with a loop that runs at least once.'], code: raw`n = int(input())
root = 0 if n == 0 else 1 + (n - 1) % 9
steps = 0
while True:
    n = sum(int(c) for c in str(n))
    steps += 1
    if n < 10:
        break
print(root, steps)` },
      { kind: 'load', steps: ['A short recursive version should do.'], code: raw`def root(n, steps=0)
    if n < 10:
        return n, steps
    return root(sum(map(int, str(n))), steps + 1)

print(*root(int(input())))` }],
    probes: [{ say: 'Chains:', line: (k) => { let n = 17 * k + 88; const chain = [n]; while (n > 9) { n = String(n).split('').reduce((a, c) => a + Number(c), 0); chain.push(n); } return `${chain.join(' -> ')} (${chain.length - 1} replacements)`; } }],
  },
  {
    id: 'code-clock', title: 'Seconds on a clock', funcName: null, difficulty: 0, correct: 7, size: 's',
    problem: `Write a duration given in seconds as h:mm:ss. Hours have no leading zero and may exceed 24; minutes and seconds always have two digits.

Input: the first line holds q (1 <= q <= 1000), then q lines with one integer from 0 to 10^9 each.
Output: q lines, the durations.`,
    cases: [['3\n0\n59\n3600\n', '0:00:00\n0:00:59\n1:00:00\n'], ['1\n86399\n', '23:59:59\n'], ['2\n360000\n3661\n', '100:00:00\n1:01:01\n'], ['1\n1000000000\n', '277777:46:40\n']],
    steps: ['Divide by 3600 for the hours, the rest by 60 for the minutes.', 'Pad minutes and seconds to two digits.'],
    solution: raw`for _ in range(int(input())):
    t = int(input())
    print("%d:%02d:%02d" % (t // 3600, t % 3600 // 60, t % 60))`,
    variants: [raw`import datetime
n = int(input())
for _ in range(n):
    minutes, seconds = divmod(int(input()), 60)
    hours, minutes = divmod(minutes, 60)
    print(f"{hours}:{minutes:02d}:{seconds:02d}")`],
    wrong: [{ kind: 'wrong', steps: ['The time module formats seconds; strftime gives hours, minutes and seconds.'], code: raw`import time
for _ in range(int(input())):
    t = time.gmtime(int(input()))
    print("%d:%02d:%02d" % (t.tm_hour, t.tm_min, t.tm_sec))` }],
    probes: [{ say: 'Splitting some values:', line: (k) => { const t = 1237 * k + 59; return `${t} = ${Math.floor(t / 3600)} * 3600 + ${Math.floor((t % 3600) / 60)} * 60 + ${t % 60}`; } }],
  },
  {
    id: 'code-word-count', title: 'Words by frequency', funcName: null, difficulty: 1, correct: 4, size: 's',
    problem: `Count the words of a text. Words are separated by spaces; upper and lower case are the same word.

Input: the first line holds n (0 <= n <= 1000), then n lines of text, some possibly empty.
Output: each word in lower case with its count, one per line, the most frequent first; words with equal counts in alphabetical order. If there is no word, print NONE.`,
    cases: [['2\nthe cat and the hat\nThe end\n', 'the 3\nand 1\ncat 1\nend 1\nhat 1\n'], ['1\nb a B A c\n', 'a 2\nb 2\nc 1\n'], ['0\n', 'NONE\n'], ['2\n\n\n', 'NONE\n'], ['3\nx\n\nx  y\n', 'x 2\ny 1\n']],
    steps: ['Read n lines, lower-case them and split at white space.', 'Sort by (-count, word).', 'With no word at all print NONE.'],
    solution: raw`from collections import Counter
n = int(input())
counts = Counter()
for _ in range(n):
    counts.update(input().lower().split())
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
    print(word, count)
if not counts:
    print("NONE")`,
    wrong: [{ kind: 'wrong', steps: ['Counter.most_common gives the words by frequency, which is the order that is wanted.'], code: raw`from collections import Counter
n = int(input())
counts = Counter()
for _ in range(n):
    counts.update(input().lower().split())
for word, count in counts.most_common():
    print(word, count)
if not counts:
    print("NONE")` },
      { kind: 'exception', steps: ['Read everything with a loop over standard input and count.'], code: raw`import sys
from collections import Counter
lines = []
for line in sys.stdin:
    lines.append(line.lower())
counts = Counter(" ".join(lines[1:]).split())
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
    print(word, count)
if not counts:
    print("NONE")` }],
    probes: [{ say: 'Order of (count, word) pairs:', line: (k) => { const words = ['ash', 'bay', 'cedar', 'elm', 'fir', 'oak']; const a = words[k % 6] ?? ''; const b = words[(k * 5 + 2) % 6] ?? ''; const x = 1 + (k % 3); const y = 1 + ((k + 1) % 4); return `(${x}, ${a}) against (${y}, ${b}): ${x > y || (x === y && a <= b) ? a : b} first`; } }],
  },
];
