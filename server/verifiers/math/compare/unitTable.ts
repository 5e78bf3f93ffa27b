/** A unit: its dimension as text (equal text = same dimension) and its size in the dimension's first unit. */
export interface Unit {
  readonly dimension: string;
  readonly factor: number;
}

const DEFINITIONS: readonly (readonly [string, readonly (readonly [string, number])[]])[] = [
  ['length', [['m meter meters metre metres м', 1], ['mm millimeter millimeters millimetre millimetres', 0.001], ['cm centimeter centimeters centimetre centimetres см', 0.01], ['dm decimeter decimeters', 0.1],
    ['km kilometer kilometers kilometre kilometres км', 1000], ['in inch inches', 0.0254], ['ft foot feet', 0.3048], ['yd yard yards', 0.9144], ['mi mile miles', 1609.344], ['nm nanometer nanometers', 1e-9], ['um micron microns', 1e-6]]],
  ['time', [['s sec secs second seconds', 1], ['ms millisecond milliseconds', 0.001], ['min mins minute minutes', 60], ['h hr hrs hour hours ч', 3600], ['day days', 86_400], ['week weeks', 604_800]]],
  ['months', [['month months', 1], ['year years yr yrs', 12]]],
  ['mass', [['kg kilogram kilograms кг', 1], ['g gm gms gram grams г', 0.001], ['mg milligram milligrams', 1e-6], ['ton tons tonne tonnes', 1000], ['lb lbs', 0.45359237], ['oz ounce ounces', 0.028349523125]]],
  ['pounds', [['pound pounds', 1]]],
  ['volume', [['l liter liters litre litres', 1], ['ml milliliter milliliters cc', 0.001], ['gallon gallons gal', 3.785411784], ['quart quarts', 0.946352946], ['pint pints', 0.473176473], ['cup cups', 0.2365882365]]],
  ['money', [['dollar dollars usd', 1], ['cent cents ¢', 0.01]]],
  ['euro', [['euro euros', 1]]],
  ['yuan', [['yuan', 1]]],
  ['ruble', [['ruble rubles руб', 1]]],
  ['rupee', [['rupee rupees', 1]]],
  ['angle', [['rad radian radians', 1]]],
  ['speed', [['mph', 0.44704], ['kph kmh kmph', 1 / 3.6], ['fps', 0.3048], ['mps', 1]]],
];

const UNITS: ReadonlyMap<string, Unit> = new Map(DEFINITIONS.flatMap(([dimension, units]) =>
  units.flatMap(([names, factor]) => names.split(' ').map((name): [string, Unit] => [name, { dimension, factor }]))));

/** The unit a phrase names, products and quotients included (`miles per hour`, `cm^2`, `square feet`); null for a noun. */
export function parseUnit(phrase: string): Unit | null {
  const words = phrase.replace(/\bper\b/g, '/').replace(/\bsq\b\.?/g, 'square').replace(/\bcu\b\.?/g, 'cubic').split(/\s+/).filter((word) => word !== '' && word !== '·' && word !== '.');
  let dimension: string[] = [];
  let factor = 1;
  let sign = 1;
  let pending = 1;
  let known = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const lower = word.toLowerCase();
    if (word === '/') sign = -1;
    else if (lower === 'square' || lower === 'squared') pending = lower === 'square' ? 2 : pending;
    else if (lower === 'cubic') pending = 3;
    else if (!word.startsWith('^')) {
      const unit = UNITS.get(word) ?? UNITS.get(lower);
      if (unit === undefined) return null;
      const next = words[i + 1] ?? '';
      const power = (next.startsWith('^') ? Number(next.slice(1)) : next.toLowerCase() === 'squared' ? 2 : next.toLowerCase() === 'cubed' ? 3 : pending) * sign;
      if (!Number.isInteger(power) || Math.abs(power) > 9) return null;
      dimension.push(`${unit.dimension}^${power}`);
      factor *= unit.factor ** power;
      pending = 1;
      known++;
    }
  }
  if (known === 0) return null;
  dimension = dimension.sort();
  return { dimension: dimension.join(' ').replace(/^speed\^1$/, 'length^1 time^-1'), factor };
}
