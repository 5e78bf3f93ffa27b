// Two rollouts side by side: where the comparison began is where its end leads back.
import type { DetailPane } from './detailPane.ts';
import type { GroupList } from './groupList.ts';
import type { GroupStore } from './groupStore.ts';
import type { LineRef } from './listGeometry.ts';

export class Comparison {
  readonly #list: GroupList;
  readonly #detail: DetailPane;
  readonly #store: GroupStore;
  #from: LineRef | null = null;

  constructor(list: GroupList, detail: DetailPane, store: GroupStore) {
    this.#list = list;
    this.#detail = detail;
    this.#store = store;
  }

  toggle(): void {
    if (this.#detail.comparing) this.end();
    else void this.#start();
  }

  end(): void {
    this.#detail.endCompare();
    if (this.#from) void this.#list.goTo(this.#from);
    this.#from = null;
  }

  /** The list is another one: there is no place to go back to. */
  forget(): void {
    this.#from = null;
  }

  /** The most telling neighbour beside it: the nearest sibling with another result. */
  async #start(): Promise<void> {
    const left = this.#detail.currentPage?.row;
    const { cursor } = this.#list;
    if (!left || !cursor) return;
    this.#detail.startCompare();
    this.#from = cursor;
    const group = await this.#store.wait(cursor.group);
    const others = group?.rows.map((row, index) => ({ row, index })).filter(({ row }) => row.state !== left.state) ?? [];
    const nearest = others.sort((a, b) => Math.abs(a.index - cursor.row) - Math.abs(b.index - cursor.row))[0];
    if (nearest && this.#from === cursor) await this.#list.goTo({ group: cursor.group, row: nearest.index });
  }
}
