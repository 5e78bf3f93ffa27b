// `npm run screenshots`: the README's pictures, taken from the real workbench. The program is screenshots/main.ts.
import { runProgram } from './lib/bootstrap.mjs';

await runProgram('scripts/screenshots/main.ts');
