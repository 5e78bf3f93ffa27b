import { divide, integer, multiply, parseDecimal, power, rational, type Rational } from '../arithmetic/rational.ts';

/** What a unit measures, as text (equal texts measure the same), and its exact size in the first unit of that kind. */
export interface Unit {
  readonly dimension: string;
  readonly factor: Rational;
}

/** The dimension of `5 square units`, whose unit may be any. */
export const ANY_UNIT = 'any';

/** Base dimension, then names and sizes. A size may be a quotient. */
const BASE: readonly (readonly [string, string])[] = [
  ['length', 'm meter meters metre metres м 米 1 | nm nanometer nanometers 1e-9 | um micron microns micrometer micrometers 1e-6 | mm millimeter millimeters millimetre millimetres мм 毫米 0.001 '
    + '| cm centimeter centimeters centimetre centimetres см 厘米 0.01 | dm decimeter decimeters дм 0.1 | km kilometer kilometers kilometre kilometres км 千米 公里 1000 | in inch inches 0.0254 | ft foot feet 0.3048 | yd yard yards 0.9144 | mi mile miles 1609.344'],
  ['time', 's sec secs second seconds с 秒 1 | ms millisecond milliseconds 0.001 | min mins minute minutes мин 分钟 60 | h hr hrs hour hours ч 小时 3600 | day days 天 86400 | week weeks 604800'],
  ['calendar', 'month months 1 | year years yr yrs 12'],
  ['mass', 'kg kilogram kilograms кг 千克 公斤 1 | g gm gms gram grams г 克 0.001 | mg milligram milligrams 1e-6 | t ton tons tonne tonnes 1000 | lb lbs 0.45359237 | oz ounce ounces 0.028349523125'],
  ['money', 'dollar dollars usd USD 1 | cent cents 0.01'],
  ['euro', 'euro euros 1'], ['pound', 'pound pounds 1'], ['yuan', 'yuan 元 1'], ['ruble', 'ruble rubles руб 1'], ['rupee', 'rupee rupees 1'],
  ['angle', 'rad radian radians 1'],
  ['temperature', 'K kelvin kelvins 1'], ['amount', 'mol mole moles 1'], ['current', 'A amp amps ampere amperes 1 | mA 0.001'],
  ['force', 'N newton newtons 1 | kN 1000 | dyne dynes 1e-5'], ['energy', 'J joule joules 1 | kJ 1000 | MJ 1e6 | erg ergs 1e-7 | eV 1.602176634e-19 | keV 1.602176634e-16 | MeV 1.602176634e-13 | GeV 1.602176634e-10'],
  ['power', 'W watt watts 1 | kW 1000 | MW 1e6'], ['voltage', 'V volt volts 1 | kV 1000 | mV 0.001'], ['resistance', 'ohm ohms Omega 1'], ['charge', 'C coulomb coulombs 1'], ['field', 'T tesla teslas 1'],
  ['pressure', 'Pa pascal pascals 1 | kPa 1000 | MPa 1e6 | atm 101325'], ['frequency', 'Hz hertz 1 | kHz 1000 | MHz 1e6 | GHz 1e9'], ['capacitance', 'F farad farads 1'], ['rotation', 'rpm 1'], ['stellar', 'pc parsec parsecs 1 | kpc 1000 | Mpc 1e6'], ['orbit', 'AU 1'], [ANY_UNIT, 'unit units 1'],
];

/** Units of several dimensions. */
const DERIVED: readonly (readonly [string, string])[] = [
  ['length^3', 'L l liter liters litre litres л 升 0.001 | ml mL milliliter milliliters millilitre millilitres cc 毫升 1e-6 | gallon gallons gal 0.003785411784 | quart quarts 0.000946352946 | pint pints 0.000473176473 | cup cups 0.0002365882365'],
  ['length^2', 'acre acres 4046.8564224 | hectare hectares 10000'],
  ['length^1 time^-1', 'mph 0.44704 | kph kmh kmph 1000/3600 | fps 0.3048 | mps 1'],
];

const UNITS: ReadonlyMap<string, Unit> = new Map([...BASE.map(([name, units]) => [`${name}^1`, units] as const), ...DERIVED].flatMap(([dimension, units]) =>
  units.split(' | ').flatMap((line) => {
    const parts = line.split(' ');
    const [top = '1', bottom = '1'] = (parts.pop() ?? '1').split('/');
    return parts.map((name): [string, Unit] => [name, { dimension, factor: divide(sizeOf(top), sizeOf(bottom)) }]);
  })));

function sizeOf(text: string): Rational {
  const [digits = '0', exponent = '0'] = text.split('e');
  return multiply(parseDecimal(digits), power(integer(10), Number(exponent)));
}

const PREFIXES: ReadonlyMap<string, number> = new Map([['square', 2], ['sq', 2], ['cubic', 3], ['cu', 3]]);
const SUFFIXES: ReadonlyMap<string, number> = new Map([['squared', 2], ['cubed', 3]]);

/** The unit of one name. Abbreviations keep their case (`Mg` and `GM` are none), words do not. */
export function unitOf(name: string): Unit | null {
  return UNITS.get(name) ?? (name.length > 3 ? UNITS.get(name.toLowerCase()) : undefined) ?? null;
}

/** Whether a word alone, such as `miles`, or a part of a unit, such as `square`, says that a unit stands here. */
export function isUnitName(name: string): boolean {
  return unitOf(name) !== null || PREFIXES.has(name.toLowerCase());
}

/** The unit that the parts of a phrase name: `['miles', '/', 'hour']`, `['cm', '^2']`, `['square', 'feet']`; null for a noun. */
export function combinedUnit(parts: readonly string[]): Unit | null {
  if (parts.length === 1) return unitOf(parts[0] ?? '');
  const powers = new Map<string, number>();
  let factor = rational(1n, 1n);
  let sign = 1;
  let pending = 1;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    if (part === '/' || part === 'per') sign = -1;
    else if (part === '·') continue;
    else if (PREFIXES.has(part.toLowerCase())) pending = PREFIXES.get(part.toLowerCase()) ?? 1;
    else {
      const unit = unitOf(part);
      if (unit === null) return null;
      const next = parts[i + 1] ?? '';
      const raised = next.startsWith('^') ? Number(next.slice(1)) : SUFFIXES.get(next.toLowerCase());
      if (raised !== undefined) i++;
      const exponent = (raised ?? pending) * sign;
      if (!Number.isInteger(exponent) || Math.abs(exponent) > 9) return null;
      for (const each of unit.dimension.split(' ')) {
        const [name = '', count = '1'] = each.split('^');
        powers.set(name, (powers.get(name) ?? 0) + Number(count) * exponent);
      }
      const size = power(unit.factor, Math.abs(exponent));
      factor = exponent < 0 ? divide(factor, size) : multiply(factor, size);
      pending = 1;
    }
  }
  if (powers.size === 0) return null;
  const dimension = [...powers].filter(([, count]) => count !== 0).map(([name, count]) => `${name}^${count}`).sort().join(' ');
  return { dimension, factor };
}

/** The unit of a phrase whose parts are separated by spaces; null for a noun. */
export function parseUnit(phrase: string): Unit | null {
  return combinedUnit(phrase.split(' ').filter((part) => part !== ''));
}
