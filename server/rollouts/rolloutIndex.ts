import type { Rollout, RolloutRow, SquareState } from '../protocol/rollout.ts';
import type { Verdict, VerdictKind } from '../protocol/verdict.ts';
import type { FileRecord, RecordPlace } from '../records/record.ts';
import { questionOfPrompt } from '../problems/wrappers.ts';
import { normalStatement } from '../problems/statementIndex.ts';
import { titleOf } from '../problems/title.ts';
import { firstThinkTag } from '../verifiers/extract/thinkingStart.ts';
import { anatomyOf, bounded } from './anatomy.ts';
import { float64, fromNullable, int8, toNullable, uint32, uint8 } from './column.ts';
import { SharedStart } from './sharedStart.ts';

/** A group as it is kept: what its rows share, and the refs of its rollouts in file order. */
export interface GroupEntry {
  readonly key: string;
  readonly problemId: string | null;
  readonly title: string;
  /** Normalised question, to find the problem it asks; bounded. */
  readonly question: string;
  readonly domain: Rollout['domain'];
  readonly gold: string | null;
  readonly step: number | null;
  readonly model: string | null;
  readonly refs: number[];
}

const TAGS = [null, 'open', 'close'] as const;
const SHAPES = ['none', 'closed', 'onlyClose', 'unclosed', 'repeated'] as const;
const KINDS: readonly VerdictKind[] = ['correct', 'incorrect', 'unverifiable', 'error'];
const GOLD_LENGTH = 500;
const QUESTION_LENGTH = 20_000;

/** A score at or above this counts as correct; a file's scores may be 0 and 1, -1 and 1, or partial credit. */
const CORRECT_SCORE = 1;

/**
 * Everything held in memory of a rollout file: a few numbers a rollout, in columns, and the groups. Texts stay in the file.
 * `ref` is the number of a rollout in file order; a growing file only adds refs.
 */
export class RolloutIndex {
  readonly groups: GroupEntry[] = [];
  readonly #groupOfKey = new Map<string, number>();
  readonly #sharedStart = new SharedStart();
  readonly #start = float64();
  readonly #end = float64();
  readonly #record = uint32();
  readonly #line = float64();
  readonly #sample = uint32();
  readonly #position = uint32();
  readonly #group = uint32();
  readonly #step = float64();
  readonly #score = float64();
  readonly #tokens = float64();
  readonly #estimated = uint8();
  readonly #cut = int8();
  readonly #shape = uint8();
  readonly #firstTag = uint8();
  readonly #thinkShare = float64();
  readonly #extracted = uint32();
  /** 0 = not verified, else 1 + index of the kind. */
  readonly #verdict = uint8();
  /** Of a verdict: its reward, -1 where it has none. */
  readonly #reward = int8();
  readonly #texts = new TextTable();

  get length(): number { return this.#start.length; }
  get records(): number { return this.length === 0 ? 0 : this.#record.at(this.length - 1) + 1; }

  add(rollout: Rollout, record: FileRecord, position: number): void {
    const ref = this.length;
    const { shape, thinkShare, extracted } = anatomyOf(rollout.response, rollout.thinking.opened);
    const group = this.#groupIndexOf(rollout);
    const before = this.groups[group]?.refs.length ?? 0;
    this.groups[group]?.refs.push(ref);
    this.#start.push(record.start);
    this.#end.push(record.end);
    this.#record.push(record.record);
    this.#line.push(fromNullable(record.line));
    this.#sample.push(rollout.sample ?? before);
    this.#position.push(position);
    this.#group.push(group);
    this.#step.push(fromNullable(rollout.step));
    this.#score.push(fromNullable(rollout.storedScore));
    this.#tokens.push(rollout.tokens.value);
    this.#estimated.push(rollout.tokens.estimated ? 1 : 0);
    this.#cut.push(rollout.cut === null ? -1 : rollout.cut ? 1 : 0);
    this.#shape.push(SHAPES.indexOf(shape));
    this.#firstTag.push(TAGS.indexOf(firstThinkTag(rollout.response)));
    this.#thinkShare.push(fromNullable(thinkShare));
    this.#extracted.push(this.#texts.add(extracted));
    this.#verdict.push(0);
    this.#reward.push(-1);
  }

  /** Forgets the rollouts of `record` and of all later records: a line that was not finished is read again. */
  forgetFrom(record: number): void {
    let length = this.length;
    while (length > 0 && this.#record.at(length - 1) >= record) length -= 1;
    for (let ref = this.length - 1; ref >= length; ref -= 1) this.groups[this.#group.at(ref)]?.refs.pop();
    for (const column of [this.#start, this.#end, this.#record, this.#line, this.#sample, this.#position, this.#group, this.#step, this.#score, this.#tokens,
      this.#estimated, this.#cut, this.#shape, this.#firstTag, this.#thinkShare, this.#extracted, this.#verdict, this.#reward]) column.truncate(length);
    while (this.groups.at(-1)?.refs.length === 0) {
      const gone = this.groups.pop();
      if (gone !== undefined) this.#groupOfKey.delete(gone.key);
    }
  }

  placeOf(ref: number): RecordPlace & { readonly record: number; readonly line: number | null; readonly position: number } {
    return { start: this.#start.at(ref), end: this.#end.at(ref), record: this.#record.at(ref), line: toNullable(this.#line.at(ref)), position: this.#position.at(ref) };
  }

  has(ref: number): boolean { return Number.isInteger(ref) && ref >= 0 && ref < this.length; }
  groupOf(ref: number): GroupEntry | null { return this.groups[this.#group.at(ref)] ?? null; }
  sampleOf(ref: number): number { return this.#sample.at(ref); }
  stepOf(ref: number): number | null { return toNullable(this.#step.at(ref)); }
  tokensOf(ref: number): number { return this.#tokens.at(ref); }
  cutOf(ref: number): boolean | null { const cut = this.#cut.at(ref); return cut < 0 ? null : cut === 1; }
  lineOf(ref: number): number | null { return toNullable(this.#line.at(ref)); }
  shapeOf(ref: number): RolloutRow['thinkShape'] { return SHAPES[this.#shape.at(ref)] ?? 'none'; }
  /** The first think tag of the response, whatever is told of the file. */
  firstTagOf(ref: number): 'open' | 'close' | null { return TAGS[this.#firstTag.at(ref)] ?? null; }
  /** Whether any rollout closes a thought that it did not open. */
  hasR1Style(): boolean {
    for (let ref = 0; ref < this.length; ref += 1) if (this.firstTagOf(ref) === 'close') return true;
    return false;
  }
  steps(): number[] { return [...new Set(this.groups.flatMap((group) => group.step ?? []))].sort((a, b) => a - b); }

  setVerdict(ref: number, verdict: Verdict): void {
    this.#verdict.set(ref, 1 + KINDS.indexOf(verdict.verdict));
    this.#reward.set(ref, verdict.reward ?? -1);
    if (verdict.extracted !== null && verdict.code === undefined) this.#extracted.set(ref, this.#texts.add(bounded(verdict.extracted.text.trim(), 200)));
  }

  /** The reward that counts: the verdict's where there is one, else the file's score. Null where the rollout could not be judged. */
  rewardOf(ref: number): number | null {
    if (this.#verdict.at(ref) === 0) return toNullable(this.#score.at(ref));
    const reward = this.#reward.at(ref);
    return reward < 0 ? null : reward;
  }

  stateOf(ref: number): { readonly state: SquareState; readonly stateFrom: RolloutRow['stateFrom'] } {
    const kind = KINDS[this.#verdict.at(ref) - 1];
    if (kind !== undefined) return { state: kind, stateFrom: 'verdict' };
    const score = toNullable(this.#score.at(ref));
    if (score === null) return { state: 'unverified', stateFrom: 'none' };
    return { state: score >= CORRECT_SCORE ? 'correct' : 'incorrect', stateFrom: 'stored' };
  }

  rowOf(ref: number, advantage: number | null): RolloutRow {
    return {
      ref,
      index: this.#record.at(ref),
      line: this.lineOf(ref),
      sample: this.sampleOf(ref),
      ...this.stateOf(ref),
      cut: this.cutOf(ref),
      reward: this.rewardOf(ref),
      storedScore: toNullable(this.#score.at(ref)),
      advantage,
      tokens: { value: this.tokensOf(ref), estimated: this.#estimated.at(ref) === 1 },
      thinkShare: toNullable(this.#thinkShare.at(ref)),
      thinkShape: this.shapeOf(ref),
      extracted: this.#texts.at(this.#extracted.at(ref)),
      step: this.stepOf(ref),
    };
  }

  /** The first words by which a group is told from the others of the file. */
  titleOf({ title, question }: GroupEntry): string {
    const rest = this.#sharedStart.rest(question);
    return rest === null ? title : `… ${titleOf(rest)}`;
  }

  #groupIndexOf(rollout: Rollout): number {
    const known = this.#groupOfKey.get(rollout.groupKey);
    if (known !== undefined) return known;
    const asked = questionOfPrompt((rollout.prompt.findLast((turn) => turn.role === 'user') ?? rollout.prompt.at(-1))?.content ?? '');
    const question = normalStatement(asked).slice(0, QUESTION_LENGTH);
    this.#sharedStart.add(question);
    this.groups.push({
      key: rollout.groupKey,
      problemId: rollout.problemId,
      title: titleOf(asked === '' ? rollout.problemId ?? '(no prompt)' : asked),
      question,
      domain: rollout.domain,
      gold: rollout.gold === null ? null : bounded(rollout.gold, GOLD_LENGTH),
      step: rollout.step,
      model: rollout.model,
      refs: [],
    });
    this.#groupOfKey.set(rollout.groupKey, this.groups.length - 1);
    return this.groups.length - 1;
  }
}

/** Short texts that repeat, kept once; number 0 is null. */
class TextTable {
  readonly #texts: (string | null)[] = [null];
  readonly #numbers = new Map<string, number>();

  add(text: string | null): number {
    if (text === null) return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#texts.push(text);
    this.#numbers.set(text, this.#texts.length - 1);
    return this.#texts.length - 1;
  }

  at(number: number): string | null { return this.#texts[number] ?? null; }
}
