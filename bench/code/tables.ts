/**
 * Runs the programs of our own tests through a checkout of LiveCodeBench: their verdicts are the checker's, or the row says why not.
 *
 *     node scripts/lib/node24.mjs bench/code/tables.ts --livecodebench CHECKOUT [--python PATH]
 *
 * Exits with 1 where a row says what the checker does not.
 */
import { parseArgs } from 'node:util';
import { SECONDS, tables } from '../../test/server/code/programs.ts';
import { peer } from './peer.ts';

const { values } = parseArgs({ options: { livecodebench: { type: 'string' }, python: { type: 'string', default: 'python3' } } });
if (values.livecodebench === undefined) throw new Error('Say where LiveCodeBench is: --livecodebench CHECKOUT');
const rows = Object.values(tables).flat();
const { passed } = peer(values.python, 'livecodebench.py', [values.livecodebench, '2', String(SECONDS)], rows.map(([, suite, code]) => ({ suite, code })));
const wrong = rows.filter(([, , , passes, differs], i) => (passed[i] === passes) === (differs !== undefined));
for (const [name, , , passes, differs] of wrong) {
  process.stdout.write(`${name}: ours ${passes ? 'pass' : 'fail'}, the checker ${passes === (differs === undefined) ? 'fail' : 'pass'}${differs === undefined ? '' : `, although "${differs}"`}\n`);
}
process.stdout.write(`${rows.length} programs, ${rows.filter(([, , , , differs]) => differs !== undefined).length} that differ on purpose, ${wrong.length} that are wrong\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
