// What is wrong with a file, said above the page: how many records, whether anything could be read, and which they are.
import type { FileIssue } from '../../server/protocol/problem.ts';
import type { RolloutFileInfo } from '../../server/protocol/rollout.ts';
import { h } from '../ui/dom.ts';
import { count, plural } from '../ui/format.ts';
import type { Notice } from '../ui/notices.ts';

/** Issues that are listed; the rest is counted. */
const SHOWN = 200;

/** Null when nothing is wrong. */
export function issuesNotice({ issues, rollouts }: RolloutFileInfo, openLine: (line: number) => void): Notice | null {
  const [first] = issues;
  if (!first) return null;
  // A file without a single rollout: that no record could be read is all there is to say.
  if (rollouts === 0 && issues.length === 1) return { kind: 'warning', text: `No rollout could be read: ${first.message}` };
  const rest = rollouts === 0 ? 'None could be.' : `The other ${plural(rollouts, 'rollout')} ${rollouts === 1 ? 'is' : 'are'} here.`;
  return {
    kind: issues.some((issue) => issue.severity === 'error') ? 'warning' : 'info',
    text: `${plural(issues.length, 'record')} could not be read fully. ${rest}`,
    more: issueList(issues, openLine),
  };
}

function issueList(issues: readonly FileIssue[], openLine: (line: number) => void): HTMLElement {
  return h('details', {}, h('summary', {}, 'Which'), h('ul', 'issues',
    issues.slice(0, SHOWN).map(({ line, field, message }) => h('li', {},
      line === null ? null : h('button', { class: 'link', attributes: { type: 'button' }, on: { click: () => { openLine(line); } } }, `line ${line + 1}`),
      `${field ? ` ${field}` : ''}: ${message}`)),
    issues.length > SHOWN ? h('li', {}, `${count(issues.length - SHOWN)} more`) : null));
}
