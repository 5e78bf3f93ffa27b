import * as v from 'valibot';
import { hasFields, importer, jsonAs, OptionalLabel, OptionalText } from './importer.ts';
import { testsFrom } from './tests.ts';

/** TACO and APPS: tests and solutions are JSON texts that may be empty; TACO adds limits, date and where it is from. */
export const taco = importer('taco',
  (record) => hasFields(record, 'question', 'input_output', 'starter_code'),
  v.object({
    problem_id: OptionalLabel, question: v.string(), solutions: OptionalText, starter_code: OptionalText, input_output: v.unknown(),
    difficulty: OptionalText, source: OptionalText, url: OptionalText, date: OptionalText, time_limit: OptionalText, memory_limit: OptionalText, picture_num: OptionalLabel, name: OptionalText,
  }),
  (row) => {
    const found = testsFrom(row.input_output);
    const pictures = Number(row.picture_num ?? 0) > 0 ? [`${row.picture_num ?? ''} pictures belong to the statement`] : [];
    return {
      id: row.problem_id,
      domain: 'code',
      statement: row.question,
      tests: found.tests === null ? null : { ...found.tests, ...secondsIn(row.time_limit), ...megabytesIn(row.memory_limit) },
      starterCode: row.starter_code,
      solution: jsonAs(v.array(v.string()), row.solutions ?? '')?.[0],
      dataset: row.source,
      url: row.url,
      date: row.date,
      notes: [...found.notes, ...(row.difficulty === undefined ? [] : [`difficulty: ${row.difficulty}`]), ...pictures],
    };
  });

/** `2.0 seconds`, `1000 ms`. */
function secondsIn(text: string | undefined): { timeLimitSeconds?: number } {
  const match = /([\d.]+)\s*(m?s)/i.exec(text ?? '');
  const value = Number(match?.[1]);
  return match === null || !(value > 0) ? {} : { timeLimitSeconds: match[2]?.toLowerCase() === 'ms' ? value / 1000 : value };
}

/** `256.0 megabytes`. */
function megabytesIn(text: string | undefined): { memoryMb?: number } {
  const match = /([\d.]+)\s*(g|m)/i.exec(text ?? '');
  const value = Number(match?.[1]);
  return match === null || !(value > 0) ? {} : { memoryMb: match[2]?.toLowerCase() === 'g' ? value * 1024 : value };
}
