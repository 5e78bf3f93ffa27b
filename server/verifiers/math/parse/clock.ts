import type { Node } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './tokenize.ts';
import { JOINERS } from './vocabulary.ts';

const MAY_BE_TIME = /^(?:\\(?:text|mathrm|mbox|textrm)\s*\{\s*)?\d{1,2}\s*(?::|\\|~|[apo])/i;
const NAMED = /^(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*(?:([ap])\.?\s?m\.?|(noon|midnight|o'?clock))$/i;

/** `4:30 p.m.`, `9 a.m.`, `8 o'clock`: what is left is a time of day that says so. Takes every token. */
export function readNamedTime(cursor: Cursor): Node | null {
  const text = cursor.index === 0 ? cursor.source : cursor.source.slice(cursor.peek().start);
  if (!MAY_BE_TIME.test(text)) return null;
  const plain = text.replace(/\\(?:text|mathrm|mbox|textrm)\s*\{([^{}]*)\}/g, ' $1 ').replace(/\\[;,:! ]|~/g, '').replace(/\s*:\s*/g, ':').replace(/[}\s]+$/, '').trim();
  const [, hour = '', minute = '0', second = '0', letter = '', name = ''] = NAMED.exec(plain) ?? [];
  if (hour === '') return null;
  const half = /^(?:p|noon)/i.test(letter + name) ? 'pm' : /^(?:a|mid)/i.test(letter + name) ? 'am' : null;
  const time = timeOf(Number(hour), Number(minute), Number(second), half);
  if (time !== null) while (!cursor.atEnd()) cursor.next();
  return time;
}

/** `4:30`, `20:34:00` as a whole item: hours and two digits of minutes. Null, with nothing read, for anything else. */
export function readBareTime(cursor: Cursor): Node | null {
  if (cursor.peek(1).text !== ':') return null;
  const [hour, minute] = [cursor.peek(0), cursor.peek(2)];
  if (!isPart(hour, /^\d{1,2}$/) || cursor.peek(1).space || !isPart(minute, /^\d\d$/) || minute.space) return null;
  const second = cursor.peek(3).text === ':' && isPart(cursor.peek(4), /^\d\d$/) && !cursor.peek(4).space ? cursor.peek(4) : null;
  const length = second === null ? 3 : 5;
  if (!endsItem(cursor.peek(length))) return null;
  const time = timeOf(Number(hour.text), Number(minute.text), Number(second?.text ?? '0'), null);
  if (time !== null) cursor.index += length;
  return time;
}

function isPart(token: Token, pattern: RegExp): boolean {
  return token.kind === 'num' && pattern.test(token.text);
}

function endsItem(token: Token): boolean {
  return token.kind === 'end' || (token.kind === 'op' && /^[,;.)\]}]$/.test(token.text)) || (token.kind === 'word' && JOINERS.has(token.text.toLowerCase()));
}

function timeOf(hour: number, minute: number, second: number, half: 'am' | 'pm' | null): Node | null {
  if (hour > 24 || minute > 59 || second > 59) return null;
  const hours = half === null ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  return { t: 'time', minutes: hours * 60 + minute + second / 60, half };
}
