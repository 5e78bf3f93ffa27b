import { raw, type CodeSeed } from '../seeds.ts';

/** Grids and intervals, read from standard input. */
export const gridProblems: readonly CodeSeed[] = [
  {
    id: 'code-warehouse-path', title: 'Shortest way in a warehouse', funcName: null, difficulty: 3, correct: 4, size: 'm',
    problem: `A warehouse is a grid of free cells (.) and shelves (#). A cart moves to one of the four neighbouring free cells in each step. Find the smallest number of steps from the top-left to the bottom-right cell.

Input: h and w (1 <= h, w <= 300), then h lines with w characters each.
Output: the number of steps, or -1 if the cart cannot get there (also if the first or last cell is a shelf).`,
    cases: [['3 3\n...\n.#.\n...\n', '4\n'], ['2 2\n.#\n#.\n', '-1\n'], ['1 1\n.\n', '0\n'], ['1 1\n#\n', '-1\n'], ['3 5\n.#...\n.#.#.\n...#.\n', '10\n'], ['2 3\n..#\n#..\n', '3\n'], ['2 2\n#.\n..\n', '-1\n']],
    steps: ['Breadth-first search gives shortest paths when each step costs one.', 'Handle a shelf on the first or last cell before starting.', 'If the last cell is never reached print -1.'],
    solution: raw`from collections import deque
h, w = map(int, input().split())
grid = [input().strip() for _ in range(h)]
steps = [[-1] * w for _ in range(h)]
queue = deque()
if grid[0][0] == ".":
    steps[0][0] = 0
    queue.append((0, 0))
while queue:
    r, c = queue.popleft()
    for nr, nc in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
        if 0 <= nr < h and 0 <= nc < w and grid[nr][nc] == "." and steps[nr][nc] < 0:
            steps[nr][nc] = steps[r][c] + 1
            queue.append((nr, nc))
print(steps[h - 1][w - 1])`,
    wrong: [{ kind: 'wrong', steps: ['The cart only needs to go right and down, so dynamic programming over the grid is enough.'], code: raw`h, w = map(int, input().split())
grid = [input().strip() for _ in range(h)]
far = 10 ** 9
best = [[far] * w for _ in range(h)]
for r in range(h):
    for c in range(w):
        if grid[r][c] == "#":
            continue
        if r == 0 and c == 0:
            best[r][c] = 0
        if r > 0:
            best[r][c] = min(best[r][c], best[r - 1][c] + 1)
        if c > 0:
            best[r][c] = min(best[r][c], best[r][c - 1] + 1)
print(best[-1][-1] if best[-1][-1] < far else -1)` },
      { kind: 'wrong', steps: ['Breadth-first search from the corner, marking visited cells.'], code: raw`from collections import deque
h, w = map(int, input().split())
grid = [input().strip() for _ in range(h)]
queue = deque([(0, 0, 0)])
seen = {(0, 0)}
answer = -1
while queue:
    r, c, d = queue.popleft()
    if (r, c) == (h - 1, w - 1):
        answer = d
        break
    for nr, nc in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
        if 0 <= nr < h and 0 <= nc < w and grid[nr][nc] == "." and (nr, nc) not in seen:
            seen.add((nr, nc))
            queue.append((nr, nc, d + 1))
print(answer)` }],
    probes: [{ say: 'The search on an open 6 by 8 grid, cell by cell:', line: (k) => { const r = Math.floor(k / 8) % 6; const c = k % 8; return `cell (${r}, ${c}) at distance ${r + c}, neighbours ${[[r + 1, c], [r - 1, c], [r, c + 1], [r, c - 1]].filter(([a = -1, b = -1]) => a >= 0 && a < 6 && b >= 0 && b < 8).map(([a, b]) => `(${a ?? 0}, ${b ?? 0})`).join(' ')}`; } }],
  },
  {
    id: 'code-open-hours', title: 'Hours with light', funcName: null, difficulty: 2, correct: 5, samples: 12, size: 'm',
    problem: `The light in a hall is on whenever at least one of the booked times is running. A booking from a to b covers the time between them, b - a units.

Input: n (0 <= n <= 100000), then n lines with integers a <= b.
Output: the total time during which the light is on.`,
    cases: [['3\n1 4\n2 6\n8 9\n', '6\n'], ['0\n', '0\n'], ['2\n5 5\n5 5\n', '0\n'], ['3\n1 10\n2 3\n4 5\n', '9\n'], ['2\n1 2\n2 3\n', '2\n'], ['2\n-5 -1\n-3 2\n', '7\n'], ['3\n8 9\n1 2\n1 3\n', '3\n']],
    steps: ['Sort the bookings by their start.', 'Sweep with the end reached so far; only the part beyond that end adds.', 'A booking inside an earlier one adds nothing.'],
    solution: raw`n = int(input())
bookings = sorted(tuple(map(int, input().split())) for _ in range(n))
total = 0
reached = None
for a, b in bookings:
    if reached is None or a > reached:
        total += b - a
        reached = b
    elif b > reached:
        total += b - reached
        reached = b
print(total)`,
    variants: [raw`import sys
data = list(map(int, sys.stdin.read().split()))
events = []
for i in range(data[0]):
    events.append((data[1 + 2 * i], 1))
    events.append((data[2 + 2 * i], -1))
events.sort()
total = running = 0
for (t, change), following in zip(events, events[1:]):
    running += change
    if running > 0:
        total += following[0] - t
print(total)`],
    wrong: [{ kind: 'wrong', steps: ['Sort by start and merge: if the next one starts before the current end, extend the end to its end.'], code: raw`n = int(input())
bookings = sorted(tuple(map(int, input().split())) for _ in range(n))
total = 0
start = end = None
for a, b in bookings:
    if end is None or a > end:
        if end is not None:
            total += end - start
        start, end = a, b
    else:
        end = b
if end is not None:
    total += end - start
print(total)` },
      { kind: 'wrong', steps: ['Collect every unit of time in a set; its size is the answer.'], code: raw`n = int(input())
lit = set()
for _ in range(n):
    a, b = map(int, input().split())
    lit.update(range(a, b + 1))
print(len(lit))` }],
    probes: [{ say: 'Sweep over generated bookings (start i, length (7 i mod 5)):', line: (k) => { let reached = -1; let total = 0; let a = 0; let b = 0; for (let i = 0; i <= k; i++) { a = 2 * i; b = a + ((7 * i) % 5); if (a > reached) { total += b - a; reached = b; } else if (b > reached) { total += b - reached; reached = b; } } return `booking ${a} to ${b}: reached ${reached}, total ${total}`; } }],
  },
  {
    id: 'code-spiral', title: 'Spiral reading', funcName: null, difficulty: 2, correct: 4, size: 'm',
    problem: `Read a rectangular table clockwise from the top-left corner, spiralling inwards.

Input: h and w (1 <= h, w <= 100), then h lines with w integers.
Output: all numbers in spiral order on one line, separated by spaces.`,
    cases: [['3 3\n1 2 3\n4 5 6\n7 8 9\n', '1 2 3 6 9 8 7 4 5\n'], ['1 4\n1 2 3 4\n', '1 2 3 4\n'], ['4 1\n1\n2\n3\n4\n', '1 2 3 4\n'], ['2 2\n1 2\n3 4\n', '1 2 4 3\n'], ['3 4\n1 2 3 4\n5 6 7 8\n9 10 11 12\n', '1 2 3 4 8 12 11 10 9 5 6 7\n'], ['1 1\n-7\n', '-7\n']],
    steps: ['Take the first row off, then turn the rest counter-clockwise and repeat.', 'That handles single rows and columns without special cases.'],
    solution: raw`h, w = map(int, input().split())
table = [input().split() for _ in range(h)]
out = []
while table:
    out.extend(table.pop(0))
    table = [list(row) for row in zip(*table)][::-1]
print(" ".join(out))`,
    wrong: [{ kind: 'wrong', steps: ['Four pointers; walk the top, right, bottom and left side and move the pointers inwards.'], code: raw`h, w = map(int, input().split())
t = [input().split() for _ in range(h)]
top, bottom, left, right = 0, h - 1, 0, w - 1
out = []
while top <= bottom and left <= right:
    for c in range(left, right + 1):
        out.append(t[top][c])
    for r in range(top + 1, bottom + 1):
        out.append(t[r][right])
    for c in range(right - 1, left - 1, -1):
        out.append(t[bottom][c])
    for r in range(bottom - 1, top, -1):
        out.append(t[r][left])
    top += 1
    bottom -= 1
    left += 1
    right -= 1
print(" ".join(out))` },
      { kind: 'exception', steps: ['Walk with a direction and turn right at a visited cell or the border.'], code: raw`h, w = map(int, input().split())
t = [input().split() for _ in range(h)]
seen = [[False] * w for _ in range(h)]
dr, dc = [0, 1, 0, -1], [1, 0, -1, 0]
r = c = d = 0
out = []
for _ in range(h * w):
    out.append(t[r][c])
    seen[r][c] = True
    nr, nc = r + dr[d], c + dc[d]
    if seen[nr][nc]:
        d = (d + 1) % 4
        nr, nc = r + dr[d], c + dc[d]
    r, c = nr, nc
print(" ".join(out))` }],
    probes: [{ say: 'Order of the rings of a 5 by 6 table (index of the ring of each cell):', line: (k) => { const r = Math.floor(k / 6) % 5; const c = k % 6; return `cell (${r}, ${c}): ring ${Math.min(r, c, 4 - r, 5 - c)}`; } }],
  },
];
