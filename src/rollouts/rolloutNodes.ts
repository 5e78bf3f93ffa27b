import type { VerifyTarget } from '../../server/protocol/methods.ts';
import type { RolloutFileInfo, RolloutGroup, RolloutRow } from '../../server/protocol/rollout.ts';
import type { Verifiable } from '../verifiers/verifyTarget.ts';
import { OpenedFile } from '../workspace/openedFile.ts';

/** A rollouts file. */
export class FileNode extends OpenedFile<RolloutFileInfo> implements Verifiable {
  readonly kind = 'file';
  verifyTargets(): Promise<VerifyTarget[]> {
    return Promise.resolve([{ kind: 'file', path: this.file.path, refs: null }]);
  }
}

/** A page of the groups of a large file. */
export class GroupRangeNode {
  readonly kind = 'range';
  readonly parent: FileNode;
  readonly offset: number;
  readonly count: number;
  constructor(parent: FileNode, offset: number, count: number) {
    this.parent = parent;
    this.offset = offset;
    this.count = count;
  }
}

/** The rollouts of one problem at one step. */
export class GroupNode implements Verifiable {
  readonly kind = 'group';
  readonly parent: FileNode;
  readonly group: RolloutGroup;
  constructor(parent: FileNode, group: RolloutGroup) {
    this.parent = parent;
    this.group = group;
  }
  verifyTargets(): Promise<VerifyTarget[]> {
    return Promise.resolve([{ kind: 'file', path: this.parent.file.path, refs: this.group.rows.map((row) => row.ref) }]);
  }
}

export class RolloutNode implements Verifiable {
  readonly kind = 'rollout';
  readonly parent: GroupNode;
  readonly row: RolloutRow;
  constructor(parent: GroupNode, row: RolloutRow) {
    this.parent = parent;
    this.row = row;
  }
  verifyTargets(): Promise<VerifyTarget[]> {
    return Promise.resolve([{ kind: 'file', path: this.parent.parent.file.path, refs: [this.row.ref] }]);
  }
}

export type RolloutsNode = FileNode | GroupRangeNode | GroupNode | RolloutNode;
