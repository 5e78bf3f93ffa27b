import * as v from 'valibot';
import type { MathVerifier } from '../verifiers/math/verifier.ts';
import { EXIT_DONE, EXIT_USAGE, type CommandIo } from './command.ts';
import { openInput, readJsonLines } from './jsonLines.ts';
import { Complaints } from './complaints.ts';
import { InOrder, writeLine } from './output.ts';
import { ProgressBar } from './progressBar.ts';
import { overWindow } from './window.ts';

/** Golds may be written as numbers or lists in the wild; the id as a number. */
const PairSchema = v.object({
  id: v.union([v.string(), v.number()]),
  gold: v.union([v.string(), v.number()]),
  pred: v.union([v.string(), v.number()]),
});

const UNDER_WAY = 2_000;

/** `rlvr verify --math-pairs FILE`: one verdict for each pair of gold and answer, in input order. */
export async function verifyPairs(path: string, math: MathVerifier, io: CommandIo): Promise<number> {
  const bar = new ProgressBar(io.stderr, 'pairs');
  const complaints = new Complaints(io.stderr);
  let bad = 0;
  let done = 0;
  const ordered = new InOrder<unknown>((value) => writeLine(io.stdout, value));
  const pairs = readJsonLines(await openInput(path, io), path, PairSchema, (message) => {
    bad += 1;
    complaints.add('lines could not be read', message);
  });
  await overWindow(pairs, UNDER_WAY, async ({ value }) => {
    const verdict = await math.verifyPair(String(value.gold), String(value.pred), io.signal);
    bar.update(++done, null);
    return { id: value.id, verdict: verdict.verdict, rule: verdict.rule, reason: verdict.reason };
  }, (result, index) => ordered.add(index, result));
  bar.end();
  complaints.end();
  io.stderr.write(`rlvr: ${done} ${done === 1 ? 'pair' : 'pairs'} judged${bad > 0 ? `, ${bad} not` : ''}\n`);
  return bad > 0 ? EXIT_USAGE : EXIT_DONE;
}
