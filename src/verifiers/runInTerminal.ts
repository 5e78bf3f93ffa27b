import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { GetFailingTest, type ResultOf } from '../../server/protocol/methods.ts';
import { registerCommand } from '../feedback.ts';
import { COMMANDS } from '../ids.ts';
import type { Services } from '../services.ts';
import { setting } from '../settings.ts';
import { trustedOrTold } from '../workspace/trust.ts';
import type { VerifyRuns } from './verifyRun.ts';

/** A rollout: record number `ref` of a file on disk. */
const RolloutRefSchema = v.object({ path: v.string(), ref: v.number() });

/** What the menus of the Testing view pass: an item, or a message with its item. */
const MessageArgSchema = v.object({ test: v.unknown() });

/** "Run Failing Test in Terminal": the program of a rollout with the input it fails on, outside the sandbox, for debugging. */
export function registerRunInTerminal(services: Services, runs: VerifyRuns): vscode.Disposable {
  return registerCommand(COMMANDS.runInTerminal, services.log, async (arg) => {
    const target = v.safeParse(RolloutRefSchema, arg);
    const message = v.safeParse(MessageArgSchema, arg);
    const rollout = target.success ? target.output : runs.rolloutOf(message.success ? message.output.test : arg);
    if (rollout === null) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Choose one rollout whose program failed a test, in the Testing view.'));
      return undefined;
    }
    if (!trustedOrTold(vscode.l10n.t('Programs of a model are run in trusted workspaces only.'))) return undefined;
    return runInTerminal(services, rollout);
  });
}

type Failing = ResultOf<typeof GetFailingTest>;

/** The terminal, and the folder with the program; nothing where the user decided against it. Asked for each program: each is another. */
async function runInTerminal({ connection, files }: Services, { path, ref }: v.InferOutput<typeof RolloutRefSchema>): Promise<{ terminal: vscode.Terminal; folder: string } | undefined> {
  const failing = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for the failing test') }, async () =>
    connection.request(GetFailingTest, { path, ref, problems: await files.problemPaths() }));
  const run = vscode.l10n.t('Run Outside the Sandbox');
  const show = vscode.l10n.t('Show the Program');
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t('Run this program outside the sandbox?'), {
    modal: true,
    detail: vscode.l10n.t('A model wrote it. In a terminal nothing contains it: it can read and change whatever you can. Read it first if you are unsure.'),
  }, run, show);
  if (answer === undefined) return undefined;
  const folder = await writeFiles(failing);
  // The program beside the terminal: it can be read, edited, and run again with the arrow key.
  await vscode.window.showTextDocument(vscode.Uri.file(join(folder, 'program.py')), { preview: true });
  // Not modal: the program can be read while the question stands.
  if (answer === show && await vscode.window.showWarningMessage(vscode.l10n.t('This is the program. Run it outside the sandbox?'), run) !== run) return undefined;
  return { terminal: openTerminal(folder, failing), folder };
}

/** The program and what it needs to be run, in a folder of its own. */
async function writeFiles({ test, runner }: Failing): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-failing-test-'));
  const contents: [string, string][] = [
    ['program.py', test.program], ['input.txt', test.input], ['expected.txt', test.expected],
    ['test.json', JSON.stringify({ func_name: test.funcName, problem: test.title, test: test.index + 1, of: test.nTests, reason: test.reason }, null, 2)],
    ...runner.map(({ name, text }): [string, string] => [name, text]),
  ];
  await Promise.all(contents.map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
}

function openTerminal(folder: string, { test }: Failing): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: vscode.l10n.t('Test {0}: {1}', test.index + 1, test.title.slice(0, 40)),
    cwd: folder,
    iconPath: new vscode.ThemeIcon('beaker'),
    message: vscode.l10n.t('Outside the sandbox: test {0} of {1} of "{2}". Verdict: {3}', test.index + 1, test.nTests, test.title, test.reason),
    isTransient: true,
  });
  terminal.show();
  terminal.sendText(`${shellWord(setting('code.pythonPath') || 'python3')} run_test.py`);
  return terminal;
}

/** A path as one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
