import type { Node } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { CONDITIONS, JOINERS, SHORT_WORDS, VERBS } from './vocabulary.ts';

/** Words and symbols that are units when they follow a value. */
const UNIT_WORDS = new Set(('mm cm dm km mi ft yd in inch inches foot feet yard yards mile miles meter meters metre metres centimeter centimeters centimetre centimetres millimeter millimeters kilometer kilometers kilometre kilometres '
  + 'mg kg gm gms gram grams kilogram kilograms milligram milligrams lb lbs pound pounds oz ounce ounces ton tons tonne tonnes '
  + 'sec secs second seconds min mins minute minutes hr hrs hour hours day days week weeks month months year years ms '
  + 'liter liters litre litres ml mL cc gallon gallons quart quarts pint pints cup cups '
  + 'dollar dollars cent cents euro euros pound usd USD rupee rupees yuan rubles ruble '
  + 'degree degrees deg rad radian radians mph kph kmh kmph mps fps rpm unit units sq cu square cubic percent '
  + 'Hz kHz MHz GHz kW MW kJ MJ keV MeV GeV eV Pa kPa atm mol moles mole nm um pc kpc Mpc AU erg ergs dyne watts watt joules joule newtons newton volts volt amps amp ohm ohms tesla kelvin '
  + 'm² m³ см м км кг г руб ч мин тонн литров метров').split(' '));

/** Single letters that are units directly behind a number, upright or after a space. */
export const UNIT_LETTERS: ReadonlySet<string> = new Set('m s g h L l N J W V A K C F T м г с ч'.split(' '));

export function isUnitWord(text: string): boolean {
  return UNIT_WORDS.has(text) || UNIT_WORDS.has(text.toLowerCase());
}

/**
 * Reads a unit or noun phrase behind a value: `cm^2`, `square inches`, `miles per hour`, `chocolate candies`, `m/s`.
 * Null (nothing read) when the tokens begin no such phrase. Stops before joiners, conditions and punctuation.
 */
export function readUnitPhrase(cursor: Cursor): string | null {
  const parts: string[] = [];
  for (;;) {
    const token = cursor.peek();
    const roman = token.roman;
    if (token.kind === 'word') {
      const lower = token.text.toLowerCase();
      if (JOINERS.has(lower) || CONDITIONS.has(lower) || VERBS.has(lower)) break;
      if (!roman && parts.length === 0 && token.text.length <= 3 && !isUnitWord(token.text) && !SHORT_WORDS.has(lower)) break;
      parts.push(token.text);
      cursor.next();
    } else if (token.kind === 'id' && (roman || (parts.length > 0 && /[/ ]$/.test(parts.join(' ')) && !cursor.source.includes('\\frac')))) {
      parts.push(token.text);
      cursor.next();
    } else if (token.kind === 'id' && parts.length > 0 && token.space && /^[a-zA-Z]$/.test(token.text) && cursor.peek(1).kind !== 'op') {
      parts.push(token.text);
      cursor.next();
    } else if (parts.length > 0 && token.kind === 'op' && token.text === '^') {
      const exponent = readExponent(cursor);
      if (exponent === null) break;
      parts.push(`^${exponent}`);
    } else if (parts.length > 0 && token.kind === 'op' && (token.text === '/' || token.text === '.' || token.text === '-' || token.text === "'") && ['word', 'id'].includes(cursor.peek(1).kind)) {
      parts.push(token.text);
      cursor.next();
      const after = cursor.next();
      parts.push(after.text);
    } else if (parts.length > 0 && token.kind === 'op' && token.text === '.') {
      cursor.next();
    } else if (parts.length > 0 && token.kind === 'cmd' && token.text === 'cdot' && ['word', 'id'].includes(cursor.peek(1).kind)) {
      parts.push('·');
      cursor.next();
    } else {
      break;
    }
  }
  return parts.length === 0 ? null : parts.join(' ');
}

/** `^2`, `^{2}`, `^{-1}` behind a unit. Null, with nothing read, for anything else. */
function readExponent(cursor: Cursor): string | null {
  const start = cursor.index;
  cursor.next();
  const braced = cursor.takeOp('{');
  const sign = cursor.takeOp('-') ? '-' : '';
  const token = cursor.peek();
  if (token.kind === 'num') {
    cursor.next();
    if (!braced || cursor.takeOp('}')) return sign + token.text;
  }
  cursor.index = start;
  return null;
}

/** A value with what follows it: percent and degrees have nodes of their own. */
export function unitNode(value: Node, unit: string): Node {
  const lower = unit.toLowerCase();
  if (lower === 'percent' || lower === 'per cent') return { t: 'percent', a: value };
  if (/^(?:degrees?|deg)(?: (?:celsius|fahrenheit|c|f))?$/.test(lower)) return { t: 'degree', a: value };
  return { t: 'unit', a: value, unit };
}
