import * as v from 'valibot';
import { answerText, AnswerSchema, hasFields, importer } from './importer.ts';

const Turn = v.object({ from: v.string(), value: v.nullish(v.string()), ground_truth: v.nullish(v.object({ value: AnswerSchema })) });

/** Open-Reasoner-Zero training sets: each record is a list of two turns; "human" is capitalised in some rows. */
export const orz = importer('orz',
  (record) => Array.isArray(record) && hasFields(record[0], 'from', 'value'),
  v.pipe(v.array(Turn), v.minLength(1)),
  (turns) => {
    const asked = turns.find((turn) => /^(?:human|user)$/i.test(turn.from));
    const truth = turns.find((turn) => turn.ground_truth)?.ground_truth?.value;
    return { domain: 'math', statement: asked?.value ?? '', ...answerText(truth) };
  });

/** Open-Reasoner-Zero evaluation files: `{prompt: [{from, value}], final_answer}`. */
export const orzEval = importer('orz-eval',
  (record) => hasFields(record, 'prompt', 'final_answer'),
  v.object({ prompt: v.array(v.object({ from: v.string(), value: v.string() })), final_answer: AnswerSchema }),
  (row) => ({ domain: 'math', statement: row.prompt.findLast((turn) => /^(?:human|user)$/i.test(turn.from))?.value ?? '', ...answerText(row.final_answer) }));
