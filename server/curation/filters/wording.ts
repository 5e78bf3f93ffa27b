import { MATH } from './prose.ts';

type Found = { start: number; end: number } | null;
const rangeOf = (match: RegExpExecArray | null): Found => match === null ? null : { start: match.index, end: match.index + match[0].length };

const YES_NO = new Set(['yes', 'no', 'true', 'false', 'possible', 'impossible']);
const YES_NO_QUESTION = /(?:^|[.!?:\n,;]\s*(?:\d[\d.]{0,5}\s*)?|\b(?:then|and)\s+)(?:is|are|do|does|did|can|could|will|would|has|have|must|was)\s(?![^?]{0,200}\bor\b[^?]{0,60}\?)[^?.!]{3,600}\?/i;
const WHETHER = /\bis it (?:true|possible)\b|\bdetermine (?:whether|if)\b|\btrue or false\b|\byes or no\b/i;
/** The value is wanted, not the yes. */
const VALUE_WANTED = /\bif so\b|\bif not\b|\bif (?:it|they|there|such|this|one) (?:is|are|does|do|exists?)\b|\bif yes\b|\b(?:find|what|how many|how much|which|compute|calculate|determine (?!whether|if))\b/i;

/** The ask is yes/no, true/false, possible/impossible (filters.md 4.1). `answer` is null when the answer says it. */
export function findTrueFalse(prose: string, answer: string | null): Found | 'answer' {
  const word = answer === null ? '' : answer.replace(/\\(?:text|textbf|mathrm|boxed)\b/g, '').replace(/[^A-Za-z]/g, '').toLowerCase();
  if (YES_NO.has(word)) return 'answer';
  if (!/\?|whether|determine if|true|yes or/i.test(prose)) return null;
  // An answer with a value in it shows that the value was wanted.
  if (answer !== null && /\d/.test(answer)) return null;
  const match = rangeOf(WHETHER.exec(prose)) ?? rangeOf(YES_NO_QUESTION.exec(prose));
  if (match === null) return null;
  const rest = `${prose.slice(Math.max(0, match.start - 400), match.start)} ${prose.slice(match.end)}`;
  return VALUE_WANTED.test(rest) || /\bif so\b/i.test(prose) ? null : match;
}

const PROOF = /\b(?:prove|demonstrate)\b(?! your)|\bshow that\b|(?:^|[.!?:;\n)\]]\s*)(?:show|verify|justify)\s(?!your|the steps|all work|how)|\band (?:prove|verify)\b|\bverify that\b|\b(?:provide|give|write)(?: down)? (?:a|the) (?:\w+ )?proof\b|证明|求证/i;
const NOT_PROOF = /\b(?:with|without|including) (?:a |full |complete )?(?:proof|proving)\b|\b(?:prove|justify) (?:your|the) (?:answer|result|claim)\b|\(?\bhint\b[^\n]*|\byou (?:do not|don't) (?:need|have) to prove\b[^.]*|\b(?:can|could|it can|may) be (?:proved|proven|shown) that\b|\b(?:has|have|had|was|were|been) (?:proved|proven|shown)\b|\b(?:to|can|could|cannot|not) (?:prove|demonstrate)\b/gi;

/** The thing wanted is an argument, alone or as one of several parts. */
export function findProof(prose: string): Found {
  if (!/prove|demonstrate|show|verify|justify|证|proof/i.test(prose)) return null;
  return rangeOf(PROOF.exec(prose.replace(NOT_PROOF, (text) => ' '.repeat(text.length))));
}

const CJK = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/g;
const CJK_RUN = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{4,}/;
const FOREIGN_LETTERS = /[^\u0000-\u024f\u0370-\u03ff\u1e00-\u1fff\u2000-\u2bff\u3000-\u303f\uff00-\uffef]/;
const ENGLISH = new Set('the of and a an in is are to for that with on at by from this be has have if then find what how many which there each it its as or not when where was were will can does do let given than he she his her they their one two you all any'.split(' '));
const OTHERS = new Set([
  'el los las del que es una un por con para se su si más cuántos cuánto cada tiene entre como está hay y',
  'le les des du une et est dans qui que pour par sur avec au aux il elle combien chaque sont ce cette si ont',
  'der die das und ist ein eine einen von mit zu auf für den dem wie viele sich nicht wenn hat sind im',
  'il lo gli di che è un una per con sono quanti quanto della dei nel si ha ogni',
  'o os um uma de da do dos das que é para com não quantos quanto cada se em tem',
  'ya na wa kwa ni katika kila yake ana anapiga ikiwa siku ngapi hii wengine huu una mwezi',
  'het een van en is op dat voor met zijn hoeveel als niet',
  've bir bu ile için kaç olan her da de',
].join(' ').split(' '));

/** A needed sentence is not English. */
export function findNonEnglish(statement: string, prose: string): Found {
  const cjkRun = CJK_RUN.exec(prose);
  if (cjkRun !== null) return rangeOf(cjkRun);
  if (FOREIGN_LETTERS.test(prose)) {
    const letters = prose.replace(/\\[A-Za-z]+|https?:\S+/g, ' ').match(/\p{L}/gu) ?? [];
    const foreign = letters.filter((letter) => FOREIGN_LETTERS.test(letter)).length;
    // A few Chinese words around bare formulas: count them against the words, not the letters of formulas.
    const words = prose.replace(/\\[A-Za-z]+/g, ' ').match(/[A-Za-z]{3,}/g)?.length ?? 0;
    const cjk = prose.match(CJK)?.length ?? 0;
    if (foreign > letters.length / 4 || (cjk >= 2 && cjk > words)) return { start: 0, end: statement.length };
  }
  if (!/[À-ɏ¿¡]/.test(prose) && !LATIN_HINT.test(prose)) return null;
  const words = prose.toLowerCase().replace(/\\[a-z]+/g, ' ').match(/\p{L}+/gu) ?? [];
  if (words.length < 6) return null;
  let english = 0;
  let others = 0;
  for (const word of words) {
    if (ENGLISH.has(word)) english++;
    else if (word.length > 1 && OTHERS.has(word)) others++;
  }
  return others > english && others > 0.12 * words.length ? { start: 0, end: statement.length } : null;
}
/** Cheap first look: hardly any English problem has two of these. */
const LATIN_HINT = /\b(?:los|las|del|una|por|les|des|est|dans|der|die|und|ist|eine|gli|che|sono|uma|para|com|ya|wa|kwa|kila|het|een|van|bir|ile|que|el|ve)\b[^]*\b(?:los|las|del|una|por|les|des|est|dans|der|die|und|ist|eine|gli|che|sono|uma|para|com|ya|wa|kwa|kila|het|een|van|bir|ile|que|el|ve)\b/i;

const PICTURE_NOUN = String.raw`(?:figures?|diagrams?|sketch|illustrations?|drawings?)`;
const PICTURE_MARKS = /\[asy\]|!\[|\\includegraphics|\[(?:img|image)\]|<(?:image|img)\b|\.(?:png|jpe?g|gif|svg)\b/i;
const PICTURE_WORDS = new RegExp([
  String.raw`\b(?:in|see|the|this|that|following|accompanying|adjoining|adjacent|attached|left|right|given|two|three) (?:\w+ )?${PICTURE_NOUN}\b(?! of (?:speech|merit))`,
  String.raw`\bas (?:shown|pictured|depicted|illustrated|indicated|drawn)\b`,
  String.raw`\b(?:is|are|sits|lie) (?:shown|pictured|depicted|illustrated)\b(?! (?:that|how|to)\b)`,
  String.raw`\bshown\b(?= (?:here|below|above|at (?:the )?(?:left|right)|on the (?:left|right)|to the (?:left|right)|in the)|\s*[,.:;?](?:\s|$))`,
  String.raw`\b(?:pictured|depicted) (?:here|below|above|at|on|to)\b|\bpictured\b`,
  String.raw`\b(?:picture|graph|table|chart|grid|map|image|spinner|dial|net|pattern)s? (?:\w+ ){0,2}(?:above|below|shown|(?:on|at|to) the (?:left|right))\b`,
  String.raw`\bin the (?:picture|image|photo)\b|\bthe (?:picture|image) (?:shows|above|below)\b|\bshaded (?:region|area|part|portion) (?:shown|in)\b|\bfig\.? ?\d`,
].join('|'), 'gi');
const NOT_PICTURE = /\b(?:can|may|could|has|have|had|been|be|it is|was|we have) (?:be )?(?:been )?shown\b|\b(?:plane|solid|geometric(?:al)?|connected|significant|three|two|congruent|similar|convex) figures?\b|\bby drawing\b|\bdraw(?:ing)? (?:a|the|an)\b|\bshown (?:that|to|how)\b/gi;
/** What a word like "below" may point at instead: a table or array in the text, or a list. */
const IN_TEXT = /\\begin\{(?:tabular|array|[pbvBV]?matrix)\}|\n\s*\|.*\||\\hline/;

/** A picture that is not in the text is needed or mentioned. */
export function findFigure(statement: string, prose: string): Found {
  const mark = PICTURE_MARKS.exec(statement);
  if (mark !== null) return rangeOf(mark);
  if (!/figure|diagram|sketch|illustrat|drawing|shown|pictur|depict|above|below|as drawn|indicated|left|right|image|photo|fig\b|fig\./i.test(prose)) return null;
  const text = prose.replace(NOT_PICTURE, (found) => ' '.repeat(found.length));
  for (const match of text.matchAll(PICTURE_WORDS)) {
    const strong = /figure|diagram|illustration|drawing|picture|image|sketch/i.test(match[0]);
    if (!strong && IN_TEXT.test(statement)) continue;
    // "an image ... in the image": the text speaks of one, it does not show one.
    const noun = /(?:image|picture|figure|drawing)s?$/i.exec(match[0])?.[0];
    if (noun !== undefined && new RegExp(`\\ban? (?:\\w+ )?${noun}\\b`, 'i').test(text.slice(0, match.index))) continue;
    // "shown:" before a formula points at the formula.
    if (!strong && /^\s*[:,.]?\s*\u25a0{12,}/.test(text.slice(match.index + match[0].length))) continue;
    return { start: match.index, end: match.index + match[0].length };
  }
  return null;
}

const COMMAND_WORDS = new Set('evaluate compute simplify find what is are the value of calculate determine expand factor convert express your answer in a an as to and or by solve give round nearest fraction decimal form simplest simplified radians degrees base number common mixed terms exact completely write following please if possible be equal equals it for how much percent on with result expression terms using product sum difference quotient'.split(' '));
const LONGEST_BRIEF = 90;
const INEQUALITY = /[<>≤≥]|\\(?:le|ge|leq|geq|lt|gt|leqslant|geqslant|ne|neq|equiv|int|iint|oint|lim|sum|prod|infty)(?![a-z])|\bsolve\b|解/i;

/** A bare evaluation, conversion or fragment without a situation. */
export function isTooBrief(statement: string, prose: string): boolean {
  if (statement.length >= LONGEST_BRIEF || statement.trim() === '' || INEQUALITY.test(statement)) return false;
  // "... = 0. What is ...": something is given, so something is to be thought about.
  if (/=[^.?!]*[.;,]\s+(?:what|find|compute|evaluate|determine)\b|\b(?:if|let|given|suppose|when|where|such|that)\b/i.test(statement)) return false;
  const bare = prose.replaceAll(MATH, ' ').replace(/\\[A-Za-z]+|[\u25a0\d]/g, ' ').toLowerCase();
  const cjk = bare.match(CJK)?.length ?? 0;
  if (cjk > 4) return false;
  const content = (bare.match(/[a-z]{2,}/g) ?? []).filter((word) => !COMMAND_WORDS.has(word) && !/^(?:sin|cos|tan|cot|sec|csc|log|ln|mod|arc\w+)$/.test(word));
  return content.length <= 1;
}

const LONGEST_ANSWER = 60;
/** Symbols that a reader sees, up to which long LaTeX is still a short value. */
const SHORT_VALUE = 28;
/** A set of up to five elements is one value, as a tuple is. */
const LARGE_SET = 6;

/** Longer than 60 characters without spaces and `$`, three or more values, or a sentence. */
export function isLongAnswer(answer: string): boolean {
  const bare = answer.trim().replace(/^\$+|\$+$/g, '');
  if (/^(?:show|prove) that\b/i.test(bare)) return false;
  if (/\b[A-Za-z]{2,}\s+[a-z]{2,}\s+[a-z]{2,}\s+[a-z]{2,}\b/.test(bare.replace(/\\[A-Za-z]+/g, ' '))) return true;
  if (bare.replace(/[\s$]/g, '').length > LONGEST_ANSWER && visibleLength(bare) > SHORT_VALUE) return true;
  const set = /^\\?\{(.*?)\\?\}$/s.exec(bare.replace(/\\left|\\right/g, ''))?.[1];
  return set === undefined ? topLevelValues(bare) >= 3 : topLevelValues(set) >= LARGE_SET;
}

/** A command is one symbol on paper, and braces are none. */
function visibleLength(latex: string): number {
  return latex
    .replace(/\\(?:begin|end)\{[a-z]+\*?\}/gi, '')
    .replace(/\\(?:left|right|text|mathrm|d?frac|tfrac|displaystyle|[,;! ])/g, '')
    .replace(/\\[A-Za-z]+/g, 'x')
    .replace(/[\s${}\\&]/g, '').length;
}

/** Values separated by commas or semicolons outside of parentheses and brackets. */
function topLevelValues(answer: string): number {
  const text = answer.replace(/\\left|\\right|\\q?quad|\\[,;! ]/g, '').replace(/\d,(?=\d{3}(?!\d))|\{,\}/g, '0').trim();
  let depth = 0;
  let values = 1;
  for (const c of text) {
    if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
    else if ((c === ',' || c === ';') && depth === 0) values++;
  }
  return values;
}
