#!/usr/bin/env node
// `npx rlvr` in a checkout: runs the bundled server program with the Node 24 that the project brings.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNode24 } from './lib/node24.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'dist', 'server', 'main.mjs');
if (!existsSync(program)) {
  process.stderr.write('rlvr: not built yet; run `npm run build` first\n');
  process.exit(2);
}
// V8's young generation grows to hundreds of megabytes with the machine's memory, and a server never gives them back.
const child = spawn(findNode24(root), ['--max-semi-space-size=8', program, ...process.argv.slice(2)], { stdio: 'inherit' });
const passed = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of passed) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  // What killed the program kills its launcher: with a listener it would not, and would end as if the work were done.
  for (const each of passed) process.removeAllListeners(each);
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
