// `npm test`: every check and suite; `npm test -- unit e2e` runs those stages. The program is test/main.ts.
import { runProgram } from './lib/bootstrap.mjs';

await runProgram('scripts/test/main.ts');
