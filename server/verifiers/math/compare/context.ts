import type { VerdictWarning } from '../../../protocol/verdict.ts';
import { OutOfFuel, type Fuel } from '../canonical/evaluate.ts';
import type { FormBuilder } from '../canonical/build.ts';
import type { MathOptions } from '../options.ts';
import type { Node } from '../parse/ast.ts';

/** Everything one comparison shares: generators of both sides, steps left, policies applied, and the rule that decided. */
export interface Context {
  readonly builder: FormBuilder;
  readonly fuel: Fuel;
  /** Compares two parts of the answers; the dispatcher, so that the rules need not know one another. */
  readonly equal: (gold: Node, answer: Node) => boolean;
  readonly warnings: Map<string, VerdictWarning>;
  /** Rule of the last decision taken. */
  rule: string;
  readonly options: MathOptions;
}

/** Notes a policy that had to be applied. */
export function warn(context: Context, code: string, message: string): void {
  if (!context.warnings.has(code)) context.warnings.set(code, { code, message });
}

/** Sets the rule and returns the decision. */
export function decide(context: Context, rule: string, equal: boolean): boolean {
  context.rule = rule;
  return equal;
}

/** Takes steps from the budget of the pair. Throws OutOfFuel when none are left. */
export function charge(context: Context, steps: number): void {
  context.fuel.left -= steps;
  if (context.fuel.left < 0) throw new OutOfFuel();
}
