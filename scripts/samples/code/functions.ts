import { raw, type CodeSeed } from '../seeds.ts';

/** Function-call problems about texts, expressions and counts. */
export const functionProblems: readonly CodeSeed[] = [
  {
    id: 'code-roman', title: 'Roman numerals', funcName: 'romanValue', difficulty: 0, correct: 8, size: 's',
    starterCode: 'def romanValue(numeral):\n    pass\n',
    problem: `Write a function romanValue(numeral) that returns the value of a valid Roman numeral (letters I, V, X, L, C, D, M, at most 3999).`,
    cases: [['"III"', '3'], ['"IV"', '4'], ['"MCMXCIV"', '1994'], ['"MMMCMXCIX"', '3999'], ['"XL"', '40'], ['"DCCC"', '800']],
    steps: ['A letter before a larger one is subtracted, every other letter is added.'],
    solution: raw`def romanValue(numeral):
    value = {'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100, 'D': 500, 'M': 1000}
    total = 0
    for letter, following in zip(numeral, numeral[1:] + 'I'):
        total += value[letter] if value[letter] >= value[following] else -value[letter]
    return total`,
    wrong: [{ kind: 'wrong', steps: ['Add the values of the letters.'], code: raw`def romanValue(numeral):
    value = {'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100, 'D': 500, 'M': 1000}
    return sum(value[c] for c in numeral)` }],
    probes: [{ say: 'Tens:', line: (k) => `${10 * ((k % 9) + 1)} = ${['X', 'XX', 'XXX', 'XL', 'L', 'LX', 'LXX', 'LXXX', 'XC'][k % 9] ?? ''}` }],
  },
  {
    id: 'code-is-rotation', title: 'Rotated words', funcName: 'isRotation', difficulty: 1, correct: 5, size: 's',
    starterCode: 'def isRotation(a, b):\n    pass\n',
    problem: `Write a function isRotation(a, b) that tells whether the text b can be made from the text a by moving a beginning of a (possibly empty) to its end. Two empty texts are rotations of each other.`,
    cases: [['"waterbottle"\n"erbottlewat"', 'true'], ['"abc"\n"acb"', 'false'], ['""\n""', 'true'], ['"a"\n""', 'false'], ['"aab"\n"aba"', 'true'], ['"ab"\n"abab"', 'false'], ['"abc"\n"ca"', 'false']],
    steps: ['b is a rotation of a exactly if the lengths agree and b occurs in a + a.'],
    solution: raw`def isRotation(a, b):
    return len(a) == len(b) and b in a + a`,
    wrong: [{ kind: 'wrong', steps: ['b occurs in a + a.'], code: raw`def isRotation(a, b):
    return b in a + a` },
      { kind: 'wrong', steps: ['The same letters the same number of times: compare the sorted texts.'], code: raw`def isRotation(a, b):
    return sorted(a) == sorted(b)` }],
    probes: [{ say: 'Rotations of "rotation":', line: (k) => { const w = 'rotation'; const i = k % 8; return `${i}: ${w.slice(i)}${w.slice(0, i)}`; } }],
  },
  {
    id: 'code-anagram-sizes', title: 'Sizes of anagram groups', funcName: 'anagramGroups', difficulty: 1, correct: 6, size: 's',
    starterCode: 'class Solution:\n    def anagramGroups(self, words):\n        pass\n',
    problem: `Complete the method anagramGroups(words) of class Solution. Words with the same letters (counted) form a group. Return the sizes of the groups, largest first.`,
    cases: [['["tea", "eat", "tan", "ate", "nat", "bat"]', '[3, 2, 1]'], ['[]', '[]'], ['["", ""]', '[2]'], ['["ab", "ba", "aab"]', '[2, 1]'], ['["x", "x", "y"]', '[2, 1]']],
    steps: ['The sorted letters are a key of the group.', 'Count the keys and sort the counts downwards.'],
    solution: raw`from collections import Counter

class Solution:
    def anagramGroups(self, words):
        groups = Counter("".join(sorted(word)) for word in words)
        return sorted(groups.values(), reverse=True)`,
    wrong: [{ kind: 'wrong', steps: ['Words with the same set of letters belong together.'], code: raw`from collections import Counter

class Solution:
    def anagramGroups(self, words):
        groups = Counter(frozenset(word) for word in words)
        return sorted(groups.values(), reverse=True)` },
      { kind: 'wrong', steps: ['Count by sorted letters, keeping the counter in the class so that it is created once.'], code: raw`class Solution:
    groups = {}

    def anagramGroups(self, words):
        for word in words:
            key = "".join(sorted(word))
            self.groups[key] = self.groups.get(key, 0) + 1
        return sorted(self.groups.values(), reverse=True)` }],
    probes: [{ say: 'Keys:', line: (k) => { const words = ['stone', 'notes', 'onset', 'tones', 'listen', 'silent', 'enlist', 'night', 'thing', 'evil', 'vile', 'live']; const w = words[k % 12] ?? ''; return `${w} -> ${w.split('').sort().join('')}`; } }],
  },
  {
    id: 'code-postfix', title: 'Postfix calculator', funcName: 'evaluate', difficulty: 2, correct: 3, samples: 12, size: 'm',
    starterCode: 'def evaluate(tokens):\n    pass\n',
    problem: `Write a function evaluate(tokens) for an expression in postfix notation: each token is an integer or one of + - * /. Division drops the fractional part (towards zero). The expression is valid and never divides by zero.`,
    cases: [['["2", "1", "+", "3", "*"]', '9'], ['["4", "13", "5", "/", "+"]', '6'], ['["-7", "2", "/"]', '-3'], ['["7", "-2", "/"]', '-3'], ['["5"]', '5'], ['["3", "4", "-"]', '-1'], ['["1000000007", "1000000007", "*", "1", "-", "1000000007", "/"]', '1000000006']],
    steps: ['Push numbers; an operator takes the two topmost ones, the second operand is popped first.', 'Python\'s // rounds down, so -7 // 2 is -4: the sign needs care.', 'int(a / b) loses digits for large numbers, so use whole-number division of the absolute values.'],
    solution: raw`def evaluate(tokens):
    stack = []
    for t in tokens:
        if t not in ("+", "-", "*", "/"):
            stack.append(int(t))
            continue
        b, a = stack.pop(), stack.pop()
        if t == "+":
            stack.append(a + b)
        elif t == "-":
            stack.append(a - b)
        elif t == "*":
            stack.append(a * b)
        else:
            q = abs(a) // abs(b)
            stack.append(q if (a < 0) == (b < 0) else -q)
    return stack[0]`,
    wrong: [{ kind: 'wrong', steps: ['Use // for the division of whole numbers.'], code: raw`def evaluate(tokens):
    stack = []
    for t in tokens:
        if t.lstrip("-").isdigit():
            stack.append(int(t))
        else:
            b, a = stack.pop(), stack.pop()
            stack.append({"+": a + b, "-": a - b, "*": a * b}[t] if t != "/" else a // b)
    return stack[-1]` },
      { kind: 'wrong', steps: ['int(a / b) drops the fraction, which is what is asked for.'], code: raw`def evaluate(tokens):
    stack = []
    for t in tokens:
        if t == "+":
            stack.append(stack.pop() + stack.pop())
        elif t == "*":
            stack.append(stack.pop() * stack.pop())
        elif t == "-":
            b = stack.pop()
            stack.append(stack.pop() - b)
        elif t == "/":
            b = stack.pop()
            stack.append(int(stack.pop() / b))
        else:
            stack.append(int(t))
    return stack[-1]` },
      { kind: 'exception', steps: ['A token is a number if isdigit says so, otherwise it is an operator.'], code: raw`def evaluate(tokens):
    stack = []
    for t in tokens:
        if t.isdigit():
            stack.append(int(t))
        else:
            b, a = stack.pop(), stack.pop()
            stack.append(int(eval(f"({a}){t}({b})")))
    return stack[-1]` }],
    probes: [{ say: 'Division towards zero against rounding down:', line: (k) => { const a = (k % 2 ? -1 : 1) * (k + 5); const b = (k % 3 ? 1 : -1) * (2 + (k % 4)); return `${a} / ${b}: towards zero ${Math.trunc(a / b)}, rounded down ${Math.floor(a / b)}${Math.trunc(a / b) !== Math.floor(a / b) ? '   <- differ' : ''}`; } }],
  },
  {
    id: 'code-common-letters', title: 'Longest common subsequence', funcName: 'commonLength', difficulty: 4, correct: 1, size: 'l', timeLimitSeconds: 2,
    starterCode: 'class Solution:\n    def commonLength(self, a, b):\n        pass\n',
    problem: `Complete the method commonLength(a, b) of class Solution: the length of the longest text that can be obtained from both a and b by deleting letters. Both have at most 1000 letters.`,
    cases: [['"abcde"\n"ace"', '3'], ['"abc"\n"def"', '0'], ['""\n"x"', '0'], ['"aaaa"\n"aa"', '2'], ['"abcbdab"\n"bdcaba"', '4'], [`"${'ab'.repeat(15)}"\n"${'ba'.repeat(15)}"`, '29'], [`"${'abc'.repeat(20)}"\n"${'x'.repeat(60)}"`, '0']],
    steps: ['Let L(i, j) be the answer for the first i and j letters.', 'If the last letters agree, L(i, j) = L(i-1, j-1) + 1, otherwise the larger of L(i-1, j) and L(i, j-1).', 'Two rows of the table are enough.'],
    solution: raw`class Solution:
    def commonLength(self, a, b):
        row = [0] * (len(b) + 1)
        for x in a:
            diagonal = 0
            for j, y in enumerate(b, 1):
                above = row[j]
                row[j] = diagonal + 1 if x == y else max(above, row[j - 1])
                diagonal = above
        return row[-1]`,
    wrong: [{ kind: 'time', steps: ['Write the recursion down directly.'], code: raw`class Solution:
    def commonLength(self, a, b):
        if not a or not b:
            return 0
        if a[-1] == b[-1]:
            return 1 + self.commonLength(a[:-1], b[:-1])
        return max(self.commonLength(a[:-1], b), self.commonLength(a, b[:-1]))` },
      { kind: 'wrong', steps: ['Match greedily: for each letter of a find its next place in b.'], code: raw`class Solution:
    def commonLength(self, a, b):
        at = 0
        count = 0
        for x in a:
            found = b.find(x, at)
            if found >= 0:
                count += 1
                at = found + 1
        return count` },
      { kind: 'wrong', steps: ['Count the letters that both texts have in common.'], code: raw`from collections import Counter

class Solution:
    def commonLength(self, a, b):
        return sum((Counter(a) & Counter(b)).values())` }],
    probes: [{ say: 'The table for "abcbdab" and "bdcaba", cell by cell:', line: (k) => { const a = 'abcbdab'; const b = 'bdcaba'; const L: number[][] = [[0, 0, 0, 0, 0, 0, 0]]; for (let i = 1; i <= a.length; i++) { const row = [0]; for (let j = 1; j <= b.length; j++) row.push(a[i - 1] === b[j - 1] ? (L[i - 1]?.[j - 1] ?? 0) + 1 : Math.max(L[i - 1]?.[j] ?? 0, row[j - 1] ?? 0)); L.push(row); } const i = 1 + (Math.floor(k / 6) % 7); const j = 1 + (k % 6); return `L(${i}, ${j}) for "${a.slice(0, i)}" and "${b.slice(0, j)}" = ${L[i]?.[j] ?? 0}`; } },
      { say: 'How often the plain recursion calls itself for lengths n, n without a match:', line: (k) => { const c: bigint[] = [1n]; for (let n = 1; n <= k; n++) c.push(((c[n - 1] ?? 0n) * BigInt(2 * n) * BigInt(2 * n - 1)) / (BigInt(n) * BigInt(n))); return `n = ${k}: C(${2 * k}, ${k}) = ${c[k] ?? 0n} paths`; } }],
  },
  {
    id: 'code-top-articles', title: 'Most read articles', funcName: 'topArticles', difficulty: 2, correct: 4, size: 'm',
    starterCode: 'def topArticles(reads, k):\n    pass\n',
    problem: `Write a function topArticles(reads, k) for a list of article names in the order in which they were read. Return the k names read most often, most read first; of names read equally often the one that was read first (at its first appearance) comes first. If there are fewer than k names return all of them.`,
    cases: [['["b", "a", "b", "c", "a"]\n2', '["b", "a"]'], ['[]\n3', '[]'], ['["x"]\n5', '["x"]'], ['["c", "a", "a", "c", "b"]\n3', '["c", "a", "b"]'], ['["q", "q", "p"]\n0', '[]']],
    steps: ['Count, remembering the first position.', 'Sort by (-count, first position) and take k.'],
    solution: raw`def topArticles(reads, k):
    count, first = {}, {}
    for i, name in enumerate(reads):
        count[name] = count.get(name, 0) + 1
        first.setdefault(name, i)
    return sorted(count, key=lambda name: (-count[name], first[name]))[:k]`,
    variants: [raw`import collections

def topArticles(reads, k):
    return [name for name, _ in collections.Counter(reads).most_common()][:k]`],
    wrong: [{ kind: 'wrong', steps: ['Sort by count downwards, then by name.'], code: raw`from collections import Counter

def topArticles(reads, k):
    c = Counter(reads)
    return sorted(c, key=lambda name: (-c[name], name))[:k]` },
      { kind: 'wrong', steps: ['Sort the set of names by how often they occur.'], code: raw`def topArticles(reads, k):
    names = sorted(set(reads))
    names.sort(key=reads.count)
    return names[-k:][::-1]` }],
    probes: [{ say: 'Counting along the reads r_i = (i^2 + 1) mod 6:', line: (k) => { const count = new Map<number, number>(); let x = 0; for (let i = 0; i <= k; i++) { x = (i * i + 1) % 6; count.set(x, (count.get(x) ?? 0) + 1); } return `read article ${x}: ${[...count].map(([n, c]) => `${n}x${c}`).join(' ')}`; } }],
  },
];
