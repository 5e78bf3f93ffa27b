import type { Segment, ThinkShape, TokenCount } from '../protocol/rollout.ts';
import { lastBoxed } from '../verifiers/extract/boxed.ts';
import { extractProgram } from '../verifiers/extract/fences.ts';
import { splitThinking } from '../verifiers/extract/thinking.ts';

/** Characters that count as one token where the file states no number. */
const CHARACTERS_PER_TOKEN = 4;

/** Longest extracted answer kept for a list row, characters. */
const EXTRACTED_LENGTH = 200;

export interface Anatomy {
  readonly shape: ThinkShape;
  /** Share of the response's characters in its thinking parts; null without tags. */
  readonly thinkShare: number | null;
  /** Content of the last box after the thinking part, bounded, or the length of its program; null where there is neither. */
  readonly extracted: string | null;
}

export function tokensOf(response: string, stated: number | null | undefined): TokenCount {
  if (stated !== null && stated !== undefined && stated >= 0) return { value: stated, estimated: false };
  return { value: Math.ceil(response.length / CHARACTERS_PER_TOKEN), estimated: true };
}

/** What a list row tells of a response without a verdict: its think tags and its boxed answer. */
export function anatomyOf(response: string, thinkingOpened: boolean): Anatomy {
  const { shape, segments, answer } = splitThinking(response, thinkingOpened);
  const thinking = segments.reduce((sum, segment) => sum + (segment.kind === 'thinking' ? segment.end - segment.start : 0), 0);
  const found = answer === null ? null : lastBoxed(response, answer.start, answer.end);
  return {
    shape,
    thinkShare: shape === 'none' || response.length === 0 ? null : thinking / response.length,
    extracted: found?.kind === 'found' ? bounded(found.box.text.trim(), EXTRACTED_LENGTH) : answer === null ? null : programOf(response, answer.start, thinkingOpened),
  };
}

/** A rollout of a code problem answers with a program: its length says more in a list than its first line. */
function programOf(response: string, answerStart: number, thinkingOpened: boolean): string | null {
  if (!response.includes('```', answerStart)) return null;
  const program = extractProgram(response, 'paper', thinkingOpened);
  if (!program.found) return null;
  const lines = program.text.trim().split('\n').length;
  return lines === 1 ? '1 line' : `${lines} lines`;
}

export function bounded(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/** Stretches of a response with their share of its tokens, by characters. */
export function segmentsOf(response: string, tokens: TokenCount, thinkingOpened: boolean): Segment[] {
  const perCharacter = response.length === 0 ? 0 : tokens.value / response.length;
  return splitThinking(response, thinkingOpened).segments.map(({ kind, start, end }) => ({ kind, start, end, tokens: Math.round((end - start) * perCharacter) }));
}
