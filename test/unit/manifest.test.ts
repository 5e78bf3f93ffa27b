import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { COLORS, COMMANDS } from '../../src/ids.ts';

const root = join(import.meta.dirname, '../..');
const Menu = v.array(v.object({ command: v.string(), when: v.optional(v.string()) }));
const Manifest = v.object({
  main: v.string(),
  icon: v.string(),
  activationEvents: v.array(v.string()),
  contributes: v.object({
    commands: v.array(v.object({ command: v.string(), title: v.string(), category: v.string() })),
    menus: v.record(v.string(), Menu),
    keybindings: v.array(v.object({ command: v.string(), when: v.string() })),
    views: v.record(v.string(), v.array(v.object({ id: v.string() }))),
    viewsWelcome: v.array(v.object({ view: v.string() })),
    customEditors: v.array(v.object({ viewType: v.string(), priority: v.string() })),
    configuration: v.object({ properties: v.record(v.string(), v.looseObject({ type: v.string(), scope: v.string(), markdownDescription: v.string() })) }),
    colors: v.array(v.object({ id: v.string(), defaults: v.object({ dark: v.string(), light: v.string(), highContrast: v.string(), highContrastLight: v.string() }) })),
    walkthroughs: v.array(v.object({ steps: v.array(v.object({ media: v.object({ markdown: v.string() }) })) })),
  }),
});
const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = v.parse(Manifest, JSON.parse(text));
const strings = v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')));
const contributed = manifest.contributes.commands.map((command) => command.command);
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(root, 'src', file), 'utf8')).join('\n');

describe('manifest', () => {
  it('contributes exactly the commands that the code names', () => {
    assert.deepEqual([...contributed].sort(), Object.values(COMMANDS).sort());
  });

  it('has an implementation for every command', () => {
    const missing = Object.keys(COMMANDS).filter((name) => !new RegExp(`(registerCommand|on)\\(\\s*COMMANDS\\.${name}\\b`).test(sources));
    assert.deepEqual(missing, []);
  });

  it('uses only contributed commands in menus and keys', () => {
    const used = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.keybindings].map((entry) => entry.command);
    assert.deepEqual(used.filter((command) => !contributed.includes(command)), []);
  });

  it('has a string for every key and no string without a key', () => {
    const keys = [...text.matchAll(/%([\w.]+)%/g)].map((match) => match[1] ?? '');
    assert.deepEqual(keys.filter((key) => !(key in strings)), []);
    assert.deepEqual(Object.keys(strings).filter((key) => !keys.includes(key)), []);
  });

  it('names files that exist', () => {
    const files = [manifest.icon, ...manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps.map((step) => step.media.markdown))];
    assert.deepEqual(files.filter((file) => !existsSync(join(root, file))), []);
    for (const file of files.filter((name) => name.endsWith('.md'))) {
      const pictures = [...readFileSync(join(root, file), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((match) => join(root, file, '..', match[1] ?? ''));
      assert.ok(pictures.length > 0 && pictures.every((picture) => existsSync(picture)), `${file} has a picture`);
    }
  });

  it('contributes the colours that the code names, each for all four kinds of themes', () => {
    assert.deepEqual(manifest.contributes.colors.map(({ id }) => id).sort(), Object.values(COLORS).sort());
  });

  it('does not take over common file types', () => {
    assert.ok(manifest.contributes.customEditors.every((editor) => editor.priority === 'option'));
  });

  it('lets no cloned folder choose an executable', () => {
    for (const [name, setting] of Object.entries(manifest.contributes.configuration.properties)) {
      if (/path|unsafe/i.test(name)) assert.equal(setting.scope, 'machine', name);
    }
  });

  it('shows welcome content only for views it has', () => {
    const views = Object.values(manifest.contributes.views).flat().map((view) => view.id);
    assert.deepEqual(manifest.contributes.viewsWelcome.filter((welcome) => !views.includes(welcome.view)), []);
  });
});
