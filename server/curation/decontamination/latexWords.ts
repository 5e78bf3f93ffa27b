/** LaTeX commands that are another spelling of a command (decontamination rule 2.2.4). */
export const COMMAND_SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['dfrac', 'frac'], ['tfrac', 'frac'], ['cfrac', 'frac'],
  ['leq', 'le'], ['leqslant', 'le'], ['geq', 'ge'], ['geqslant', 'ge'], ['neq', 'ne'],
  ['rightarrow', 'to'],
  ['ldots', 'dots'], ['cdots', 'dots'], ['dotsc', 'dots'], ['dotsb', 'dots'],
]);

/** Commands that only set size, style or spacing (rule 2.2.5); the words they hold stay. */
export const STYLE_COMMANDS: ReadonlySet<string> = new Set([
  'left', 'right', 'middle', 'displaystyle', 'textstyle', 'scriptstyle', 'limits', 'nolimits',
  'big', 'Big', 'bigg', 'Bigg', 'bigl', 'bigr', 'Bigl', 'Bigr', 'biggl', 'biggr', 'Biggl', 'Biggr', 'bigm', 'Bigm',
  'text', 'textbf', 'textit', 'textrm', 'mathrm', 'mathbf', 'mathbb', 'mathcal', 'operatorname', 'overline', 'underline', 'mbox',
  'quad', 'qquad',
]);

/** Commands whose braces hold prose, so that short words in them are not products of variables. */
export const PROSE_COMMANDS: ReadonlySet<string> = new Set(['text', 'textbf', 'textit', 'textrm', 'mbox']);

/** Characters that authors type instead of a command. */
export const CHARACTER_WORDS: ReadonlyMap<string, string> = new Map([
  ['°', 'degrees'], ['≤', 'le'], ['⩽', 'le'], ['≥', 'ge'], ['⩾', 'ge'], ['≠', 'ne'], ['→', 'to'], ['⋅', 'cdot'], ['·', 'cdot'], ['×', 'times'], ['∞', 'infty'],
  ['⋯', 'dots'], ['√', 'sqrt'], ['∠', 'angle'], ['△', 'triangle'],
  ['α', 'alpha'], ['β', 'beta'], ['γ', 'gamma'], ['δ', 'delta'], ['ε', 'epsilon'], ['θ', 'theta'], ['λ', 'lambda'], ['μ', 'mu'],
  ['π', 'pi'], ['ρ', 'rho'], ['σ', 'sigma'], ['τ', 'tau'], ['φ', 'phi'], ['ω', 'omega'],
]);

const DISPLAY_ENVIRONMENTS = /^(?:align|aligned|equation|gather|gathered|multline|eqnarray|cases|array|matrix|[pbvBV]matrix|split)\*?$/;

/** Is this the name of an environment that sets mathematics? */
export function isMathEnvironment(name: string): boolean {
  return DISPLAY_ENVIRONMENTS.test(name);
}
