import { raw, type CodeSeed } from '../seeds.ts';

/** Function-call problems about lists and tables. */
export const listProblems: readonly CodeSeed[] = [
  {
    id: 'code-pairs-with-gap', title: 'Pairs with a gap', funcName: 'pairsWithGap', difficulty: 1, correct: 5, size: 's', timeLimitSeconds: 2,
    starterCode: 'def pairsWithGap(values, gap):\n    pass\n',
    problem: `Write a function pairsWithGap(values, gap) that returns the number of index pairs i < j with |values[i] - values[j]| equal to gap. The list has up to 100000 integers, gap is a non-negative integer.`,
    cases: [['[1, 2, 2, 1]\n1', '4'], ['[]\n3', '0'], ['[5, 5, 5]\n0', '3'], ['[1, 3]\n3', '0'], ['[-2, 0, 2, 4]\n2', '3'], [`${JSON.stringify(Array.from({ length: 12000 }, (_, i) => i))}\n1`, '11999']],
    steps: ['Walk through the list and count how often each value was seen.', 'A new x pairs with earlier x - gap and x + gap; for gap 0 these are the same and count once.'],
    solution: raw`from collections import Counter

def pairsWithGap(values, gap):
    seen = Counter()
    pairs = 0
    for x in values:
        pairs += seen[x - gap]
        if gap:
            pairs += seen[x + gap]
        seen[x] += 1
    return pairs`,
    wrong: [{ kind: 'wrong', steps: ['Count earlier values x - gap and x + gap.'], code: raw`from collections import defaultdict

def pairsWithGap(values, gap):
    seen = defaultdict(int)
    pairs = 0
    for x in values:
        pairs += seen[x - gap] + seen[x + gap]
        seen[x] += 1
    return pairs` },
      { kind: 'time', steps: ['Check all pairs; that is the definition.'], code: raw`def pairsWithGap(values, gap):
    pairs = 0
    for i in range(len(values)):
        for j in range(i + 1, len(values)):
            if abs(values[i] - values[j]) == gap:
                pairs += 1
    return pairs` },
      { kind: 'load', steps: ['I call the function count_pairs, it does the same.'], code: raw`from collections import Counter

def count_pairs(values, gap):
    c = Counter(values)
    if gap == 0:
        return sum(v * (v - 1) // 2 for v in c.values())
    return sum(c[x] * c[x + gap] for x in list(c))` }],
    probes: [{ say: 'Counting along [1, 2, 2, 1, 3, 2, ...] with gap 1:', line: (k) => { const v = Array.from({ length: k + 1 }, (_, i) => 1 + ((i * i + i) % 5)); const x = v[k] ?? 0; return `x = ${x}: earlier ${x - 1}: ${v.slice(0, k).filter((y) => y === x - 1).length}, earlier ${x + 1}: ${v.slice(0, k).filter((y) => y === x + 1).length}`; } }],
  },
  {
    id: 'code-rotate-table', title: 'Quarter turn', funcName: 'rotate', difficulty: 1, correct: 6, size: 's',
    starterCode: 'class Solution:\n    def rotate(self, table):\n        pass\n',
    problem: `Complete the method rotate(table) of class Solution: it returns the rectangular table (a list of rows of equal length) turned clockwise by 90 degrees. The empty table [] stays empty.`,
    cases: [['[[1,2],[3,4]]', '[[3,1],[4,2]]'], ['[[1,2,3]]', '[[1],[2],[3]]'], ['[]', '[]'], ['[[7]]', '[[7]]'], ['[[1],[2],[3]]', '[[3,2,1]]']],
    steps: ['Reverse the order of the rows, then transpose.', 'zip gives tuples; the rows have to be lists, because only the outermost tuple is accepted as a list.'],
    solution: raw`class Solution:
    def rotate(self, table):
        return [list(row) for row in zip(*table[::-1])]`,
    variants: [raw`class Solution:
    def rotate(self, table):
        if not table:
            return []
        h, w = len(table), len(table[0])
        return [[table[h - 1 - r][c] for r in range(h)] for c in range(w)]`],
    wrong: [{ kind: 'wrong', steps: ['zip(*reversed(table)) is the whole trick.'], code: raw`class Solution:
    def rotate(self, table):
        return list(zip(*table[::-1]))` },
      { kind: 'wrong', steps: ['Transpose and then reverse the order of the rows.'], code: raw`class Solution:
    def rotate(self, table):
        return [list(row) for row in zip(*table)][::-1]` }],
    probes: [{ say: 'Where cells of a 3 by 4 table go:', line: (k) => { const r = Math.floor(k / 4) % 3; const c = k % 4; return `(${r}, ${c}) -> (${c}, ${2 - r})`; } }],
  },
  {
    id: 'code-number-ranges', title: 'Ranges of page numbers', funcName: 'pageRanges', difficulty: 1, correct: 6, size: 's',
    starterCode: 'def pageRanges(pages):\n    pass\n',
    problem: `Write a function pageRanges(pages) that turns a list of distinct positive page numbers, not necessarily sorted, into a list of texts: each maximal run of consecutive pages becomes "first-last", a single page becomes its number. The runs are in increasing order.`,
    cases: [['[1, 2, 3, 5]', '["1-3", "5"]'], ['[]', '[]'], ['[9]', '["9"]'], ['[4, 2, 3, 8, 7]', '["2-4", "7-8"]'], ['[10, 1]', '["1", "10"]']],
    steps: ['Sort the pages first.', 'Extend the current run while the next page is one more than the last.'],
    solution: raw`def pageRanges(pages):
    runs = []
    for p in sorted(pages):
        if runs and runs[-1][1] == p - 1:
            runs[-1][1] = p
        else:
            runs.append([p, p])
    return [str(a) if a == b else "%d-%d" % (a, b) for a, b in runs]`,
    wrong: [{ kind: 'wrong', steps: ['Go through the pages and start a new run when the next page is not one more.'], code: raw`def pageRanges(pages):
    runs = []
    for p in pages:
        if runs and runs[-1][1] == p - 1:
            runs[-1][1] = p
        else:
            runs.append([p, p])
    return [str(a) if a == b else f"{a}-{b}" for a, b in runs]` },
      { kind: 'exception', steps: ['Start with the first page and loop over the others.'], code: raw`def pageRanges(pages):
    pages = sorted(pages)
    start = last = pages[0]
    out = []
    for p in pages[1:]:
        if p == last + 1:
            last = p
            continue
        out.append(f"{start}-{last}" if start != last else str(start))
        start = last = p
    out.append(f"{start}-{last}" if start != last else str(start))
    return out` }],
    probes: [{ say: 'Runs in {n : n mod 7 < 4} up to some bound:', line: (k) => { const n = k + 1; return `${n}: n mod 7 = ${n % 7}, ${n % 7 < 4 ? 'in the list' : 'not in the list'}`; } }],
  },
  {
    id: 'code-one-trade', title: 'One trade', funcName: 'bestTrade', difficulty: 1, correct: 7, size: 's',
    starterCode: 'def bestTrade(prices):\n    pass\n',
    problem: `Write a function bestTrade(prices): buying on one day and selling on a later day, what is the largest possible gain? If no trade gains anything (or there are fewer than two days), return 0.`,
    cases: [['[7, 1, 5, 3, 6, 4]', '5'], ['[5, 4, 3]', '0'], ['[]', '0'], ['[2]', '0'], ['[3, 3, 8, 1, 2]', '5'], ['[9, 1, 10, 2, 12]', '11']],
    steps: ['Keep the lowest price so far.', 'The best gain is the largest difference to it.'],
    solution: raw`def bestTrade(prices):
    gain, lowest = 0, None
    for p in prices:
        if lowest is None or p < lowest:
            lowest = p
        gain = max(gain, p - lowest)
    return gain`,
    wrong: [{ kind: 'exception', steps: ['The largest price minus the smallest one, if it comes later; otherwise look again.'], code: raw`def bestTrade(prices):
    low = prices.index(min(prices))
    return max(prices[low:]) - prices[low]` }],
    probes: [{ say: 'Prices (13 i + 4) mod 17 day by day:', line: (k) => { let low = Infinity; let gain = 0; let p = 0; for (let i = 0; i <= k; i++) { p = (13 * i + 4) % 17; low = Math.min(low, p); gain = Math.max(gain, p - low); } return `day ${k}: price ${p}, lowest ${low}, best gain ${gain}`; } }],
  },
  {
    id: 'code-next-taller', title: 'Next taller house', funcName: 'nextTaller', difficulty: 3, correct: 4, size: 'm', timeLimitSeconds: 2,
    starterCode: 'class Solution:\n    def nextTaller(self, heights):\n        pass\n',
    problem: `Houses stand in a row. Complete the method nextTaller(heights) of class Solution: for each house return the distance (number of positions) to the next house on its right that is strictly taller, or 0 if there is none.`,
    cases: [['[3, 1, 2, 4]', '[3, 1, 1, 0]'], ['[]', '[]'], ['[5, 5, 6]', '[2, 1, 0]'], ['[4, 3, 2, 1]', '[0, 0, 0, 0]'], ['[1, 2, 3]', '[1, 1, 0]'], [JSON.stringify(Array.from({ length: 15000 }, (_, i) => 15000 - i)), JSON.stringify(Array.from({ length: 15000 }, () => 0))]],
    steps: ['Keep a stack of the houses still waiting for a taller one; their heights fall from bottom to top.', 'A new house resolves all lower ones on top of the stack.', 'Each house is pushed and popped once: linear time.'],
    solution: raw`class Solution:
    def nextTaller(self, heights):
        answer = [0] * len(heights)
        waiting = []
        for i, h in enumerate(heights):
            while waiting and heights[waiting[-1]] < h:
                j = waiting.pop()
                answer[j] = i - j
            waiting.append(i)
        return answer`,
    wrong: [{ kind: 'time', steps: ['For each house look to the right until a taller one appears.'], code: raw`class Solution:
    def nextTaller(self, heights):
        out = []
        for i, h in enumerate(heights):
            d = 0
            for j in range(i + 1, len(heights)):
                if heights[j] > h:
                    d = j - i
                    break
            out.append(d)
        return out` },
      { kind: 'wrong', steps: ['A monotonic stack; a house resolves those that are not taller than it.'], code: raw`class Solution:
    def nextTaller(self, heights):
        answer = [0] * len(heights)
        waiting = []
        for i, h in enumerate(heights):
            while waiting and heights[waiting[-1]] <= h:
                j = waiting.pop()
                answer[j] = i - j
            waiting.append(i)
        return answer` }],
    probes: [{ say: 'Stack on heights (11 i + 3) mod 19:', line: (k) => { const h = (i: number): number => (11 * i + 3) % 19; const stack: number[] = []; for (let i = 0; i <= k; i++) { while (stack.length > 0 && h(stack.at(-1) ?? 0) < h(i)) stack.pop(); stack.push(i); } return `house ${k} (height ${h(k)}): waiting ${stack.map((i) => h(i)).join(' > ')}`; } }],
  },
  {
    id: 'code-merge-stock', title: 'Merging stock lists', funcName: 'mergeStock', difficulty: 0, correct: 7, size: 's',
    starterCode: 'def mergeStock(first, second):\n    pass\n',
    problem: `Write a function mergeStock(first, second) for two objects that map article names to counts. It returns one object with the summed counts; articles whose sum is 0 are left out.`,
    cases: [['{"nut": 3}\n{"nut": 2, "bolt": 1}', '{"nut": 5, "bolt": 1}'], ['{}\n{}', '{}'], ['{"a": 2}\n{"a": -2}', '{}'], ['{"x": 0, "y": 1}\n{}', '{"y": 1}'], ['{"p": -1}\n{"q": 4}', '{"p": -1, "q": 4}']],
    steps: ['Add the counts in a dictionary.', 'Leave out zeros; negative sums stay.'],
    solution: raw`def mergeStock(first, second):
    total = dict(first)
    for name, count in second.items():
        total[name] = total.get(name, 0) + count
    return {name: count for name, count in total.items() if count != 0}`,
    wrong: [{ kind: 'wrong', steps: ['Counter has addition, which drops the zeros as wanted.'], code: raw`from collections import Counter

def mergeStock(first, second):
    return dict(Counter(first) + Counter(second))` }],
    probes: [{ say: 'Sums:', line: (k) => `${(k % 7) - 3} + ${3 - (k % 5)} = ${(k % 7) - (k % 5)}${(k % 7) - (k % 5) === 0 ? ', left out' : ''}` }],
  },
];
