import { splitThinking } from './thinking.ts';

/**
 * How the program is found.
 * `paper`: the last block tagged python in the answer, the text after `</think>` (AceReason-Nemotron).
 * `benchmark`: the text between the last two lines that contain three backticks, anywhere (LiveCodeBench).
 */
export type ProgramRule = 'paper' | 'benchmark';

export type ProgramExtraction =
  | { readonly found: true; readonly text: string; readonly start: number; readonly end: number; readonly note: string | null }
  | { readonly found: false; readonly rule: string; readonly reason: string };

interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
}

interface Block {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

const OPENING = /^[ \t]*(`{3,})[ \t]*([^\s`]*)[^`]*$/;
const PYTHON = /^(?:python|python3|py)$/i;
const CLOSE_THINKING = '</think>';

/** Finds the program in a response; says why there is none. Offsets are UTF-16 units in the response. */
export function extractProgram(response: string, rule: ProgramRule = 'paper', thinkingOpened = false): ProgramExtraction {
  return rule === 'paper' ? lastPythonBlock(response, thinkingOpened) : betweenLastFences(response);
}

function lastPythonBlock(response: string, thinkingOpened: boolean): ProgramExtraction {
  const answer = answerStart(response, thinkingOpened);
  if (answer === null) {
    return { found: false, rule: 'extract.unclosed-think', reason: 'The response ends inside its thinking part: there is no answer.' };
  }
  const blocks = fencedBlocks(response, answer);
  const python = blocks.filter((block) => PYTHON.test(block.tag));
  const block = python.findLast((candidate) => candidate.closed);
  if (block === undefined) {
    if (python.length > 0) return { found: false, rule: 'extract.unclosed-fence', reason: 'The python block of the answer is not closed.' };
    if (blocks.length > 0) return { found: false, rule: 'extract.untagged-fence', reason: 'The answer has code blocks, but none is tagged python.' };
    return { found: false, rule: 'extract.no-code', reason: 'The answer has no code block.' };
  }
  return {
    found: true,
    text: response.slice(block.start, block.end),
    start: block.start,
    end: block.end,
    note: python.at(-1)?.closed === false ? 'A later python block is not closed; the last closed one was taken.' : null,
  };
}

/**
 * Where the answer begins. A `</think>` inside a fenced block of the answer belongs to a program: only the first one, and
 * later ones outside of blocks, end the thinking part.
 */
function answerStart(response: string, thinkingOpened: boolean): number | null {
  const split = splitThinking(response, thinkingOpened);
  const first = response.indexOf(CLOSE_THINKING);
  if (first === -1) return split.answer?.start ?? null;
  let start = first + CLOSE_THINKING.length;
  for (;;) {
    const blocks = fencedBlocks(response, start);
    let next = response.indexOf(CLOSE_THINKING, start);
    while (next !== -1 && blocks.some((block) => block.closed && block.start <= next && next < block.end)) {
      next = response.indexOf(CLOSE_THINKING, next + 1);
    }
    if (next === -1) break;
    start = next + CLOSE_THINKING.length;
  }
  return start < response.lastIndexOf('<think>') && split.answer === null ? null : start;
}

function betweenLastFences(response: string): ProgramExtraction {
  const fences = linesOf(response, 0).filter((line) => response.slice(line.start, line.end).includes('```'));
  const [opening, closing] = fences.slice(-2);
  if (opening === undefined || closing === undefined) {
    return { found: false, rule: 'extract.no-code', reason: 'The response has fewer than two lines with three backticks.' };
  }
  const start = Math.min(opening.end + 1, response.length);
  const end = Math.max(start, closing.start - 1);
  return { found: true, text: response.slice(start, end), start, end, note: null };
}

/** Markdown's fenced blocks from `from` on; the last one may lack its end. */
function fencedBlocks(text: string, from: number): Block[] {
  const blocks: Block[] = [];
  let open: { fence: number; tag: string; start: number } | null = null;
  for (const line of linesOf(text, from)) {
    const content = text.slice(line.start, Math.min(line.end, line.start + 300));
    if (open === null) {
      const match = OPENING.exec(content);
      if (match !== null) open = { fence: match[1]?.length ?? 3, tag: match[2] ?? '', start: Math.min(line.end + 1, text.length) };
    } else if (content.trim().length >= open.fence && /^`+$/.test(content.trim())) {
      blocks.push({ tag: open.tag, start: open.start, end: Math.max(open.start, line.start - 1), closed: true });
      open = null;
    }
  }
  if (open !== null) blocks.push({ tag: open.tag, start: open.start, end: text.length, closed: false });
  return blocks;
}

function linesOf(text: string, from: number): Line[] {
  const lines: Line[] = [];
  for (let start = from; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}
