import type { FunctionName, RelationOp } from './ast.ts';

/** Function names as commands (`\sin`) and as plain words (`sin`, sympy's `Abs`). */
export const FUNCTIONS: ReadonlyMap<string, FunctionName> = new Map<string, FunctionName>([
  ['sin', 'sin'], ['cos', 'cos'], ['tan', 'tan'], ['tg', 'tan'], ['cot', 'cot'], ['ctg', 'cot'], ['cotan', 'cot'], ['sec', 'sec'], ['csc', 'csc'], ['cosec', 'csc'],
  ['arcsin', 'asin'], ['asin', 'asin'], ['arccos', 'acos'], ['acos', 'acos'], ['arctan', 'atan'], ['atan', 'atan'], ['arctg', 'atan'], ['arccot', 'acot'], ['acot', 'acot'], ['arcctg', 'acot'], ['arcsec', 'asec'], ['arccsc', 'acsc'],
  ['sinh', 'sinh'], ['cosh', 'cosh'], ['tanh', 'tanh'], ['coth', 'coth'], ['sh', 'sinh'], ['ch', 'cosh'], ['arcsinh', 'asinh'], ['arsinh', 'asinh'], ['asinh', 'asinh'], ['arccosh', 'acosh'], ['acosh', 'acosh'], ['arctanh', 'atanh'], ['artanh', 'atanh'], ['atanh', 'atanh'],
  ['log', 'log'], ['ln', 'log'], ['lg', 'log'], ['exp', 'exp'], ['cis', 'exp'], ['sqrt', 'root'], ['cbrt', 'root'], ['Abs', 'abs'], ['abs', 'abs'], ['floor', 'floor'], ['ceil', 'ceil'], ['ceiling', 'ceil'], ['factorial', 'factorial'], ['binomial', 'binomial'],
  ['gcd', 'gcd'], ['lcm', 'lcm'], ['min', 'min'], ['Min', 'min'], ['max', 'max'], ['Max', 'max'], ['sgn', 'sign'], ['sign', 'sign'], ['Re', 're'], ['Im', 'im'], ['arg', 'argument'], ['conjugate', 'conjugate'], ['det', 'det'],
]);

/** Names that stand for one symbol: Greek letters and named constants, as commands or plain words. */
export const SYMBOLS: ReadonlySet<string> = new Set(('alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron rho varrho sigma varsigma tau upsilon phi varphi chi psi omega '
  + 'Gamma Delta Theta Lambda Xi Sigma Upsilon Phi Psi Omega ell hbar partial nabla Re_ Im_ aleph imath jmath mho wp prime star ast bullet square top perp dagger').split(' '));

/** Two shapes of one letter: texts that use both as different names are not known. */
export const VARIANTS: ReadonlyMap<string, string> = new Map([['varphi', 'phi'], ['varepsilon', 'epsilon'], ['vartheta', 'theta'], ['varrho', 'rho']]);

export const RELATIONS: ReadonlyMap<string, RelationOp> = new Map<string, RelationOp>([
  ['le', '<='], ['leq', '<='], ['leqslant', '<='], ['leqq', '<='], ['ge', '>='], ['geq', '>='], ['geqslant', '>='], ['geqq', '>='], ['lt', '<'], ['gt', '>'], ['ne', '!='], ['neq', '!='],
  ['in', 'in'], ['notin', 'not in'], ['subset', 'subset'], ['subseteq', 'subset'], ['subsetneq', 'subset'], ['supset', 'superset'], ['supseteq', 'superset'], ['supsetneq', 'superset'],
  ['approx', 'approx'], ['simeq', 'approx'], ['thickapprox', 'approx'], ['equiv', 'congruent'], ['cong', 'congruent'],
  ['to', 'to'], ['rightarrow', 'to'], ['longrightarrow', 'to'], ['mapsto', 'to'], ['sim', 'similar'], ['propto', 'proportional'], ['perp', 'perpendicular'], ['parallel', 'parallel'], ['nparallel', 'not parallel'],
  ['implies', 'implies'], ['Rightarrow', 'implies'], ['Longrightarrow', 'implies'], ['impliedby', 'implied by'], ['Leftarrow', 'implied by'], ['Longleftarrow', 'implied by'],
  ['iff', 'iff'], ['Leftrightarrow', 'iff'], ['Longleftrightarrow', 'iff'], ['leftrightarrow', 'iff'], ['divides', 'divides'], ['nmid', 'not divides'],
  ['ll', 'll'], ['gg', 'gg'], ['doteq', '='], ['triangleq', '='], ['coloneqq', '='],
]);

/** Commands without mathematical meaning: spacing and size. */
export const SKIPPED: ReadonlySet<string> = new Set(('left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm middle displaystyle textstyle scriptstyle limits nolimits quad qquad enspace hspace_ thinspace medspace thickspace '
  + 'checkmark blacksquare qed hfill noindent large Large LARGE huge small normalsize boldmath rm bf it cal mathstrut strut null relax nobreak allowbreak ensuremath unboldmath break hline smallskip medskip bigskip par space').split(' '));

/** Commands whose braced argument is taken as it is. */
export const TRANSPARENT: ReadonlySet<string> = new Set('boxed fbox mathbf boldsymbol bold bm pmb mathit mathnormal underline mathop mathrel mathord smash phantom_ hbox_ mathsf mathtt displaylines emph mathring_ cancel textcolor_'.split(' '));

/** Commands whose argument is text. */
export const TEXTUAL: ReadonlySet<string> = new Set('text textbf textit textrm textsf texttt textup textnormal mbox hbox mathrm operatorname rm_ textsc mathtt_'.split(' '));

/** Marks over a symbol: part of its name. */
export const ACCENTS: ReadonlySet<string> = new Set('vec overrightarrow hat widehat bar tilde widetilde dot ddot overleftrightarrow check breve mathcal mathscr mathfrak overarc wideparen'.split(' '));

/** Words that join the items of a list. */
export const JOINERS: ReadonlyMap<string, 'or' | 'and'> = new Map([['or', 'or'], ['and', 'and'], ['lor', 'or'], ['vee', 'or'], ['land', 'and'], ['wedge', 'and'], ['или', 'or'], ['и', 'and'], ['或', 'or'], ['和', 'and'], ['且', 'and']]);

/** Words that open a condition; what follows does not belong to the value. */
export const CONDITIONS: ReadonlySet<string> = new Set('where for with when if whenever given such provided unless while assuming iff for_all forall 其中 где при если'.split(' '));

/** Verbs that begin a statement about the value before them. */
export const VERBS: ReadonlySet<string> = new Set('is are was were will must can cannot has have'.split(' '));

/** Single letters that are units: upright, or where the other side says so. */
export const UNIT_LETTERS: ReadonlySet<string> = new Set('m s g h L l N J W V A K C F T'.split(' '));

/** Words that multiply the number before them. */
export const MULTIPLIERS: ReadonlyMap<string, bigint> = new Map([['hundred', 100n], ['thousand', 1_000n], ['million', 1_000_000n], ['billion', 1_000_000_000n], ['trillion', 1_000_000_000_000n], ['dozen', 12n], ['score', 20n], ['万', 10_000n], ['亿', 100_000_000n]]);

/** Words that stand for an operator between two values; `by` may follow them. */
export const OPERATOR_WORDS: ReadonlyMap<string, '+' | '-' | '*' | '/' | 'choose'> = new Map([['plus', '+'], ['minus', '-'], ['times', '*'], ['multiplied', '*'], ['divided', '/'], ['over', '/'], ['choose', 'choose']]);

/** Words that deny what they stand with, or bind it to something else. */
export const DENIALS: ReadonlySet<string> = new Set("no not none never neither nor either or except unless but if when whenever otherwise cannot can't isn't aren't doesn't don't wrong incorrect false impossible instead".split(' '));

/** Words that count, compare, compute, deny or hedge: no unit and no noun, so a value with one of them behind it is another one. */
export const VALUE_WORDS: ReadonlySet<string> = new Set(('by power root mod modulo remainder squared cubed '
  + 'half halves third thirds fourth fourths quarter quarters fifth fifths sixth sixths seventh eighth eighths ninth tenth tenths hundredth hundredths thousandth thousandths tens hundreds thousands millions billions dozens twice double triple '
  + 'zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety once '
  + 'more less fewer greater larger smaller bigger higher lower longer shorter older younger than least most at many much some any all every both no not none never neither nor only just except but excluding including exceeding '
  + 'about approximately around roughly nearly almost above below under between within beyond up down to from out off as so also too maybe perhaps probably possibly wrong incorrect false impossible invalid '
  + 'does do did done may might should would could if else otherwise unless when without with extra additional another other others further again increase decrease change difference sum product ratio percent percentage '
  + 'and or xor plus minus times over answer guess unknown undefined').split(' '));

/** Words before a value that say nothing. */
export const FILLERS: ReadonlySet<string> = new Set('答案 答案是 答案为 是 为 the only is are be answer answers exactly therefore thus so hence then equals equal it value values solution solutions just simply namely final result that we have get all ответ answer_is equals_to'.split(' '));

/** Words that announce a rounded value. */
export const APPROXIMATE: ReadonlySet<string> = new Set(['about', 'approximately', 'approx', 'roughly', 'around', 'nearly', 'примерно']);

const NUMBER_WORDS_LIST = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(' ');
/** Numbers written as words, 0 to 20 and the tens. */
export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map<string, number>([
  ...NUMBER_WORDS_LIST.map((word, index): [string, number] => [word, index]),
  ['thirty', 30], ['forty', 40], ['fifty', 50], ['sixty', 60], ['seventy', 70], ['eighty', 80], ['ninety', 90],
]);

/** Short words of prose that are never products of variables. */
export const SHORT_WORDS: ReadonlySet<string> = new Set('a an at as by do in is it no not of on or so to up we yes the and for any are but can has how its may one out per see sum two was who why you all odd even no-one none true false mod day days man men age way ways pts am pm st nd rd th sq cu sec min hr hrs'.split(' '));

export const FRACTIONS: ReadonlySet<string> = new Set(['frac', 'dfrac', 'tfrac', 'cfrac']);

/** Commands that join or close values and never begin one. */
export const NOT_PRIMARY: ReadonlySet<string> = new Set(('cup cap cupdot bigcup setminus smallsetminus backslash cdot times div pm mp ast star mid rfloor rceil rangle rvert rVert rbrace end pmod bmod mod choose over not '
  + 'ldots cdots dots dotsc dotsb forall exists text because therefore atop vert slash degree circ').split(' '));

export const OPENING_BRACKETS: ReadonlySet<string> = new Set(['(', '[', '{', '\\{']);
export const CLOSING_BRACKETS: ReadonlySet<string> = new Set([')', ']', '}', '\\}']);
