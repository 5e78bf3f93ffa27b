// The mathematical alphabets of Unicode (block U+1D400): where each begins, and the letters that had a place before. Pure.

interface Alphabet {
  readonly upper: number;
  readonly lower: number;
  readonly digits?: number;
  /** Capital and small Greek. */
  readonly greek?: readonly [number, number];
  /** Letters outside of the block. */
  readonly holes?: Readonly<Record<string, string>>;
}

const ALPHABETS: Readonly<Record<string, Alphabet>> = {
  bold: { upper: 0x1d400, lower: 0x1d41a, digits: 0x1d7ce, greek: [0x1d6a8, 0x1d6c2] },
  italic: { upper: 0x1d434, lower: 0x1d44e, greek: [0x1d6e2, 0x1d6fc], holes: { h: 'ℎ' } },
  'bold-italic': { upper: 0x1d468, lower: 0x1d482, greek: [0x1d71c, 0x1d736] },
  script: { upper: 0x1d49c, lower: 0x1d4b6, holes: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ', e: 'ℯ', g: 'ℊ', o: 'ℴ' } },
  'bold-script': { upper: 0x1d4d0, lower: 0x1d4ea },
  fraktur: { upper: 0x1d504, lower: 0x1d51e, holes: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' } },
  'bold-fraktur': { upper: 0x1d56c, lower: 0x1d586 },
  'double-struck': { upper: 0x1d538, lower: 0x1d552, digits: 0x1d7d8, holes: { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ' } },
  'sans-serif': { upper: 0x1d5a0, lower: 0x1d5ba, digits: 0x1d7e2 },
  'bold-sans-serif': { upper: 0x1d5d4, lower: 0x1d5ee, digits: 0x1d7ec, greek: [0x1d756, 0x1d770] },
  'sans-serif-italic': { upper: 0x1d608, lower: 0x1d622 },
  'sans-serif-bold-italic': { upper: 0x1d63c, lower: 0x1d656, greek: [0x1d790, 0x1d7aa] },
  monospace: { upper: 0x1d670, lower: 0x1d68a, digits: 0x1d7f6 },
};

/** A text in the alphabet that a `mathvariant` names; what the alphabet lacks, and unknown alphabets, leave it as it is. */
export function alphabetLetters(text: string, variant: string): string {
  const alphabet = ALPHABETS[variant];
  return alphabet === undefined ? text : Array.from(text, (letter) => alphabet.holes?.[letter] ?? placed(letter, alphabet)).join('');
}

function placed(letter: string, { upper, lower, digits, greek }: Alphabet): string {
  const code = letter.codePointAt(0) ?? 0;
  if (letter >= 'A' && letter <= 'Z') return String.fromCodePoint(upper + code - 0x41);
  if (letter >= 'a' && letter <= 'z') return String.fromCodePoint(lower + code - 0x61);
  if (letter >= '0' && letter <= '9' && digits !== undefined) return String.fromCodePoint(digits + code - 0x30);
  if (letter >= 'Α' && letter <= 'Ω' && greek) return String.fromCodePoint(greek[0] + code - 0x391);
  if (letter >= 'α' && letter <= 'ω' && greek) return String.fromCodePoint(greek[1] + code - 0x3b1);
  return letter;
}
