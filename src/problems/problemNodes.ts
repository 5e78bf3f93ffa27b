import { GetProblemRecord, type VerifyTarget } from '../../server/protocol/methods.ts';
import type { ProblemRow, ProblemSetInfo } from '../../server/protocol/problem.ts';
import type { Services } from '../services.ts';
import type { Verifiable } from '../verifiers/verifyTarget.ts';
import { OpenedFile } from '../workspace/openedFile.ts';

/** A problem set in the Problems view. */
export class SetNode extends OpenedFile<ProblemSetInfo> {
  readonly kind = 'set';
  /** Rows that match the view's filter; null where that is not known yet. */
  shown: number | null = null;
}

/** A thousand rows of a large set: a tree of 50,000 siblings would have to be sent to the window at once. */
export class RangeNode {
  readonly kind = 'range';
  readonly set: SetNode;
  readonly offset: number;
  readonly count: number;
  constructor(set: SetNode, offset: number, count: number) {
    this.set = set;
    this.offset = offset;
    this.count = count;
  }
}

/** One problem; verifying it means verifying its recorded rollouts. */
export class ProblemNode implements Verifiable {
  readonly kind = 'problem';
  readonly set: SetNode;
  readonly row: ProblemRow;
  readonly #services: Services;
  constructor(set: SetNode, row: ProblemRow, services: Services) {
    this.set = set;
    this.row = row;
    this.#services = services;
  }

  async verifyTargets(): Promise<VerifyTarget[]> {
    const rollouts = (await this.#services.files.rollouts()).map((file) => file.path);
    const { groups } = await this.#services.connection.request(GetProblemRecord, { problems: this.set.file.path, id: this.row.id, rollouts });
    return groups.map(({ path, group }) => ({ kind: 'file', path, refs: group.rows.map((row) => row.ref) }));
  }
}

export type ProblemsNode = SetNode | RangeNode | ProblemNode;
