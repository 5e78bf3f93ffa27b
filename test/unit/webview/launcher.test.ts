import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listRecipes } from '../../../server/training/recipes/recipes.ts';
import { applyEdits, changedLines, choose, chosenFiles, DEFAULT_FORM, differences, editKey, isRunId, isSettingKey, launchRequest, newRunId, parseSetting, readVariables, settingText, startingPoint, startingPointWords, wholeNumber } from '../../../webview/launcher/model.ts';

const [recipe] = listRecipes();
assert.ok(recipe);
const stage = recipe.stages[1];
assert.ok(stage);
const form = { ...DEFAULT_FORM, recipeId: recipe.id, stageId: stage.id };
const file = (name: string, domain: 'math' | 'code' | null) => ({ path: `/lab/${name}`, name, schema: 'rlvr', domain });
const files = { problems: [file('math.jsonl', 'math'), file('code.jsonl', 'code'), file('mixed.jsonl', null)], rollouts: [file('rollouts-math.jsonl', 'math'), file('rollouts-code.jsonl', 'code')] };
const chosen = chosenFiles(stage, form, files);

test('a fresh form has the files of the stage’s domain, and none to validate on', () => {
  assert.deepEqual(chosen, { problems: ['/lab/math.jsonl'], validation: [], rollouts: ['/lab/rollouts-math.jsonl'], preselected: { problems: true, rollouts: true } });
  const code = recipe.stages.find(({ settings }) => settings.domain === 'code');
  assert.ok(code);
  assert.deepEqual(chosenFiles(code, form, files).problems, ['/lab/code.jsonl']);
  assert.equal(chosenFiles(stage, form, { problems: [], rollouts: [] }).preselected.problems, false);
});

test('a choice is the user’s from then on, an empty one too, and only for its domain', () => {
  const emptied = { ...form, problems: choose(form.problems, 'math', []) };
  assert.deepEqual(chosenFiles(stage, emptied, files).problems, []);
  assert.equal(chosenFiles(stage, emptied, files).preselected.problems, false);
  const code = recipe.stages.find(({ settings }) => settings.domain === 'code');
  assert.ok(code);
  assert.deepEqual(chosenFiles(code, emptied, files).problems, ['/lab/code.jsonl']);
});

test('what is validated on is not preselected for training', () => {
  const validating = { ...form, validation: choose(form.validation, 'math', ['/lab/math.jsonl']) };
  assert.deepEqual([chosenFiles(stage, validating, files).problems, chosenFiles(stage, validating, files).preselected.problems], [[], false]);
  const both = { ...validating, problems: choose(form.problems, 'math', ['/lab/math.jsonl']) };
  assert.deepEqual(chosenFiles(stage, both, files).problems, ['/lab/math.jsonl'], 'a choice of the user stays, and the checks speak of it');
});

test('a stage starts where the newest run of the stage before it ended, and says so', () => {
  const run = (runId: string, stageId: string, startedAt: string) => ({ runId, recipeId: recipe.id, stageId, startedAt, step: 2000, path: `/runs/${runId}/model` });
  const finished = [run('old', 'math-8k', '2026-01-01'), run('new', 'math-8k', '2026-02-01'), run('other', 'math-24k', '2026-03-01'), { ...run('large', 'math-8k', '2026-04-01'), recipeId: 'acereason-14b' }];
  const start = startingPoint(recipe, stage, finished);
  assert.equal(start.path, '/runs/new/model');
  assert.equal(launchRequest(recipe, stage, form, chosen, 'a-run', start.path)?.checkpoint, '/runs/new/model');
  const words = (path: string, point = start): unknown => Object.values(startingPointWords(path, point, recipe));
  assert.deepEqual(words(start.path), ['Math 8K: step 2000 of new', false]);
  assert.deepEqual(words('/models/mine'), ['was /runs/new/model', false]);
  assert.deepEqual(words(recipe.initialPolicy), ['Initial policy, not the model that new left', true]);
  const none = startingPoint(recipe, stage, []);
  assert.equal(none.path, recipe.initialPolicy);
  assert.deepEqual(words(none.path, none), ['Initial policy: no run of Math 8K has left a model here yet', true]);
  const [first] = recipe.stages;
  assert.ok(first);
  assert.deepEqual(words(recipe.initialPolicy, startingPoint(recipe, first, finished)), ['AceReason-Nemotron 7B: initial policy', false]);
});

test('options of the cluster are read strictly: whole numbers, and variables with a name', () => {
  assert.equal(wholeNumber(' 1,024 '), 1024);
  for (const text of ['', '0', '-1', '1.5', 'two']) assert.ok(Number.isNaN(wholeNumber(text)), text);
  assert.equal(launchRequest(recipe, stage, { ...form, engine: 'verl-ray', verlRay: { ...form.verlRay, nodes: wholeNumber('two') } }, chosen, 'a-run', recipe.initialPolicy), null);
  assert.deepEqual(readVariables('A=1\n\nB = x=y\nNONSENSE'), { variables: { A: '1', B: 'x=y' }, wrong: 'NONSENSE' });
});

test('every setting of every stage reads back from its own field text', () => {
  for (const { stages } of listRecipes()) for (const one of stages) for (const key of Object.keys(one.settings)) {
    assert.ok(isSettingKey(key));
    assert.deepEqual(parseSetting(key, settingText(one.settings[key])), { ok: true, value: one.settings[key] });
  }
});

test('thousands separators are read, nonsense is refused with a reason', () => {
  assert.deepEqual(parseSetting('maxResponseLength', '16,384'), { ok: true, value: 16384 });
  assert.deepEqual(parseSetting('maxSolved', ''), { ok: true, value: null });
  assert.deepEqual(parseSetting('steps', 'many'), { ok: false, message: 'is not a number' });
  assert.deepEqual(parseSetting('steps', ''), { ok: false, message: 'needs a value' });
  assert.equal(parseSetting('steps', '0').ok, false);
  assert.equal(parseSetting('topP', '1.5').ok, false);
});

test('edits change the request; an unreadable one forbids it and is named', () => {
  const edited = { ...form, edits: { [editKey(recipe, stage)]: { rolloutsPerProblem: '12' } } };
  assert.equal(launchRequest(recipe, stage, edited, chosen, 'a-run', recipe.initialPolicy)?.settings.rolloutsPerProblem, 12);
  const broken = { ...form, edits: { [editKey(recipe, stage)]: { rolloutsPerProblem: 'x' } } };
  assert.equal(launchRequest(recipe, stage, broken, chosen, 'a-run', recipe.initialPolicy), null);
  assert.deepEqual([...applyEdits(stage, { rolloutsPerProblem: 'x' }).errors.keys()], ['rolloutsPerProblem']);
});

test('edits of one stage do not touch another', () => {
  const edited = { ...form, edits: { [editKey(recipe, stage)]: { steps: '7' } } };
  const other = recipe.stages[2];
  assert.ok(other);
  assert.equal(launchRequest(recipe, other, edited, chosen, 'a-run', recipe.initialPolicy)?.settings.steps, other.settings.steps);
});

test('a request carries the options of its engine only', () => {
  assert.equal(launchRequest(recipe, stage, form, chosen, 'a-run', recipe.initialPolicy)?.verlRay, undefined);
  const ray = launchRequest(recipe, stage, { ...form, engine: 'verl-ray' }, chosen, 'a-run', recipe.initialPolicy);
  assert.equal(ray?.rehearsal, undefined);
  assert.equal(ray?.verlRay?.verlVersion, '0.9.1');
});

test('what differs from the stage before is known', () => {
  const found = differences(recipe, stage);
  assert.equal(found?.before.id, 'math-8k');
  assert.ok(found.keys.has('maxResponseLength') && found.keys.has('rolloutsPerProblem') && !found.keys.has('batchSize'));
});

test('run ids are allowed ones, and sort by time', () => {
  const id = newRunId(recipe, stage, new Date(2026, 0, 2, 3, 4, 5));
  assert.equal(id, 'math-16k-7b-20260102-030405');
  assert.ok(isRunId(id) && !isRunId('No Spaces') && !isRunId('../up'));
});

test('lines that an edit changed are found', () => {
  assert.deepEqual([...changedLines('a\nb\nc', 'a\nB\nc')], [1]);
  assert.deepEqual([...changedLines(null, 'a')], []);
});
