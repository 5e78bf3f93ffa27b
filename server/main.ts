import { UsageError, EXIT_UNDONE, EXIT_USAGE, type Command } from './cli/command.ts';
import { auditCommand } from './cli/audit.ts';
import { decontaminateCommand } from './cli/decontaminate.ts';
import { rehearseCommand } from './cli/rehearse.ts';
import { rewardCommand } from './cli/reward.ts';
import { serveCommand } from './cli/serve.ts';
import { verifyCommand } from './cli/verify.ts';
import { isAbort, RequestError } from './protocol/errors.ts';
import { serverVersion } from './rpc/serverVersion.ts';

const COMMANDS: readonly Command[] = [verifyCommand, auditCommand, decontaminateCommand, rehearseCommand, rewardCommand, serveCommand];

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-V' || name === 'version') {
    process.stdout.write(`rlvr ${serverVersion()}\n`);
    return 0;
  }
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const about = COMMANDS.find((command) => command.name === rest[0]);
    if (name === 'help' && rest[0] !== undefined && about === undefined) throw noCommand(rest[0]);
    process.stdout.write(about ? `${about.usage}\n` : overview());
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) throw noCommand(name);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  return command.run(rest, { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, signal: interruption() });
}

/** Signals that come together are one: Ctrl-C reaches a program and its launcher, which passes it on. Milliseconds. */
const ONE_PRESS_MS = 500;

/** Fires on Ctrl-C and SIGTERM. Whoever asks again later wants no orderly end. */
function interruption(): AbortSignal {
  const interrupted = new AbortController();
  let first = 0;
  const interrupt = (signal: NodeJS.Signals): void => {
    if (!interrupted.signal.aborted) {
      first = performance.now();
      interrupted.abort();
      // Node's long way out takes the handlers away first: the launcher's signal, a little late, would end what has ended well.
      process.once('beforeExit', () => { process.exit(); });
    } else if (performance.now() - first > ONE_PRESS_MS) {
      process.off(signal, interrupt);
      process.kill(process.pid, signal);
    }
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return interrupted.signal;
}

/** An error of the system (a port in use, a folder that cannot be written) says all in its message; any other is a bug of ours. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'syscall' in error ? error.message : error.stack ?? error.message;
}

function noCommand(name: string): UsageError {
  return new UsageError(`there is no command ${JSON.stringify(name)}\n\n${overview()}`);
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  return `rlvr: verify, curate and train with verifiable rewards\n\n${COMMANDS.map((command) => `  rlvr ${command.name.padEnd(width)}  ${command.summary}`).join('\n')}\n\n  rlvr help COMMAND shows the options, rlvr --version the version.\n`;
}

// The reader of a pipe may stop early (head); that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`rlvr: standard output cannot be written: ${error.message}\n`);
  process.exit(EXIT_UNDONE);
});
// Without a reader for its messages the work still has one for its data.
process.stderr.on('error', () => undefined);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`rlvr: ${error.message}\n`);
    process.exitCode = EXIT_USAGE;
  } else if (isAbort(error)) {
    process.stderr.write('rlvr: interrupted\n');
    process.exitCode = EXIT_UNDONE;
  } else if (error instanceof RequestError) {
    process.stderr.write(`rlvr: ${error.message}\n`);
    process.exitCode = ['bad-input', 'not-found'].includes(error.data.reason) ? EXIT_USAGE : EXIT_UNDONE;
  } else {
    process.stderr.write(`rlvr: ${textOf(error)}\n`);
    process.exitCode = EXIT_UNDONE;
  }
}
