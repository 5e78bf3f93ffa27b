// Characters that show nothing, or turn what stands around them, are seen by their code: `12` with one inside is another answer than `12`.

/** Controls but tab and line ends, marks and overrides of direction, blanks and joins of no width, tags. Joiners of scripts and emoji are text. */
const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;
/** One of them, as often as it stands there in a row. */
const RUNS = new RegExp(`(${HIDDEN.source})\\1*`, 'gu');

/** Places in one text that are shown: a response may hold nothing else, and a page of a million elements does not move. */
const MOST = 2000;

/** Text as nodes. A hidden character keeps its place, so that copied text is the text, in an element that shows its code. */
export function textNodes(text: string): Node[] {
  if (!HIDDEN.test(text)) return [document.createTextNode(text)];
  const nodes: Node[] = [];
  let at = 0;
  let places = 0;
  for (const { 0: run, 1: character = run, index } of text.matchAll(RUNS)) {
    if ((places += 1) > MOST) break;
    if (index > at) nodes.push(document.createTextNode(text.slice(at, index)));
    nodes.push(shown(run, character));
    at = index + run.length;
  }
  if (at < text.length) nodes.push(document.createTextNode(text.slice(at)));
  return nodes;
}

function shown(run: string, character: string): HTMLElement {
  const element = document.createElement('span');
  const times = run.length / character.length;
  element.className = 'hidden-character';
  element.dataset['code'] = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}${times > 1 ? ` × ${times}` : ''}`;
  element.title = `The hidden character ${element.dataset['code']}`;
  element.textContent = run;
  return element;
}
