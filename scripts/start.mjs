// `npm start`: from a fresh checkout to the workbench in a browser. The program is start/main.ts.
import { runProgram } from './lib/bootstrap.mjs';

await runProgram('scripts/start/main.ts');
