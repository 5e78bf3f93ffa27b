import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import assert from 'node:assert/strict';
import type { Opinion } from '../../../../server/protocol/audit.ts';
import { createMathVerifier } from '../../../../server/verifiers/math/verifier.ts';
import { explainFailure, findPeer } from '../../../../server/verifiers/secondOpinion/environment.ts';
import { createPeerPool, type SecondOpinion } from '../../../../server/verifiers/secondOpinion/peerPool.ts';
import { withSecondOpinion } from '../../../../server/verifiers/secondOpinion/withSecondOpinion.ts';
import { bundleIsolate } from '../support/isolateBundle.ts';

/** A checker that compares texts, and hangs, dies or talks nonsense on demand. */
const SCRIPT = `
import json, sys
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    row = json.loads(line)
    if row["pred"] == "hang":
        while True: pass
    if row["pred"] == "die": sys.exit(1)
    if row["pred"] == "nonsense": print("?", flush=True); continue
    equal = None if row["pred"] == "throw" else row["gold"] == row["pred"]
    print(json.dumps({"equal": equal, "ms": 1}), flush=True)
`;

let folder = '';
let script = '';
const hasPython = spawnSync('python3', ['--version']).status === 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rlvr-peer-'));
  script = join(folder, 'peer.py');
  await writeFile(script, SCRIPT);
});
after(() => rm(folder, { recursive: true }));

function pool(t: TestContext, workers = 2): SecondOpinion | null {
  if (!hasPython) {
    t.skip('skipped: needs python3');
    return null;
  }
  return createPeerPool({ python: 'python3', script, workers, timeoutMs: 1_000 });
}

test('a checker that hangs, dies or talks nonsense costs only its pair', async (t) => {
  const peer = pool(t);
  if (peer === null) return;
  const answers = ['1', '2', 'hang', 'die', 'nonsense', 'throw', '1'];
  const opinions = await Promise.all(answers.map((answer) => peer.check('1', answer)));
  assert.deepEqual(opinions, ['equal', 'different', 'failed', 'failed', 'failed', 'failed', 'equal']);
  await peer.dispose();
});

test('cancelling and closing reject what waits', async (t) => {
  const peer = pool(t, 1);
  if (peer === null) return;
  const controller = new AbortController();
  const waiting = peer.check('1', 'hang', controller.signal);
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError' });
  const pending = [peer.check('1', 'hang'), peer.check('1', '1')];
  await peer.dispose();
  for (const each of pending.slice(1)) await assert.rejects(each, { name: 'AbortError' });
  await assert.rejects(peer.check('1', '1'), { name: 'AbortError' });
  await Promise.allSettled(pending);
});

/** A stand-in for the checker's library that does what it never should: it evaluates the answer as Python. */
const EVALUATING_LIBRARY = `
def parse(text, parsing_timeout=None): return eval(text.strip("$").removeprefix("py:").replace("\\\\frac12", "0.5"))
def verify(gold, answer, timeout_seconds=None): return gold == answer
`;

test('whatever gets through to Python finds no files, programs or network', async (t) => {
  if (!hasPython) return t.skip('skipped: needs python3');
  const library = join(folder, 'library');
  await mkdir(library);
  await writeFile(join(library, 'math_verify.py'), EVALUATING_LIBRARY);
  const wrapper = join(folder, 'wrapper.py');
  await writeFile(wrapper, `import runpy, sys\nsys.path.insert(0, ${JSON.stringify(library)})\nrunpy.run_path(${JSON.stringify(join(import.meta.dirname, '../../../../server/python/math_peer.py'))}, run_name='__main__')\n`);
  const peer = createPeerPool({ python: 'python3', script: wrapper, workers: 1, timeoutMs: 10_000 });
  const touched = join(folder, 'touched');
  for (const attack of [
    `open('${touched}', 'w').write('x')`, `__import__('os').open('${touched}', 65)`, `__import__('os').system('touch ${touched}')`,
    `__import__('subprocess').run(['touch', '${touched}'])`, `__import__('os').mkdir('${touched}')`, "__import__('socket').socket()", "__import__('ctypes').CDLL(None)",
  ]) assert.equal(await peer.check('py:1', `py:${attack} or 1`), 'failed', attack);
  assert.equal(existsSync(touched), false);
  assert.equal(await peer.check('1', '2-1'), 'equal');
  // Reading is what loading a module needs.
  assert.equal(await peer.check('4', "__import__('colorsys').ONE_THIRD * 12"), 'equal');
  await peer.dispose();
});

test('the second opinion is asked only about what could not be read', async () => {
  const asked: string[] = [];
  const stub: SecondOpinion = { check: (_gold, answer): Promise<Opinion> => { asked.push(answer); return Promise.resolve(answer.includes('yes') ? 'equal' : 'different'); }, dispose: () => Promise.resolve() };
  const verifier = withSecondOpinion(createMathVerifier({ code: await bundleIsolate('server/verifiers/math/math.isolate.ts'), workers: 1 }), stub);
  const verify = (response: string) => verifier.verify({ domain: 'math', problemId: null, statement: null, gold: '5', tests: null, response });
  const sentence = 'a long sentence of many words that says yes';
  const verdict = await verify(`\\boxed{${sentence}}`);
  assert.deepEqual([verdict.verdict, verdict.rule, verdict.reward, verdict.warnings.at(-1)?.code], ['correct', 'second-opinion', 1, 'option.second-opinion']);
  assert.equal((await verify('\\boxed{6}')).verdict, 'incorrect');
  assert.equal((await verify(`\\boxed{${'1'.repeat(5_000)}}`)).rule, 'limit.input');
  assert.equal((await verify(sentence)).rule, 'extract.no-box');
  assert.deepEqual(asked, [sentence]);
  await verifier.dispose();
});

test('an environment that is not there is found missing', async () => {
  assert.equal(await findPeer(join(folder, 'nowhere')), null);
});

test('the output of a failed installation is told as its cause', () => {
  assert.match(explainFailure('python3', 'ENOENT'), /There is no Python/);
  assert.match(explainFailure('python3', '/usr/bin/python3: No module named venv'), /venv module is missing/);
  assert.match(explainFailure('pip', "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'\nERROR: Could not find a version that satisfies the requirement sympy==1.12\nERROR: No matching distribution found for sympy==1.12"), /could not be reached/);
  assert.match(explainFailure('pip', 'ERROR: No matching distribution found for sympy==1.12'), /does not have what is needed.*sympy==1.12/);
  assert.match(explainFailure('pip', 'OSError: [Errno 28] No space left on device'), /no space left/);
  assert.equal(explainFailure('pip', 'first\nlast words'), 'pip failed: last words');
});
