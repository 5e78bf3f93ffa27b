// What the keys of a tree mean in the list (the pattern of WAI-ARIA for trees).
import type { LineRef } from './listGeometry.ts';

export interface ListActions {
  readonly cursor: LineRef | null;
  isOpen(group: number): boolean;
  /** One line down or up, or a screenful; `extend` selects what lies between. */
  move(by: 1 | -1, extend: boolean): void;
  page(by: 1 | -1): void;
  goTo(line: LineRef): void;
  last(): LineRef;
  setOpen(group: number, open: boolean): void;
  toggleSelected(line: LineRef): void;
  /** False when nothing was selected. */
  clearSelection(): boolean;
}

/** Carries out a key; false when it means nothing here. */
export function listKey(event: KeyboardEvent, list: ListActions): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { cursor } = list;
  const header = cursor !== null && cursor.row < 0;
  switch (event.key) {
    case 'ArrowDown':
      list.move(1, event.shiftKey);
      return true;
    case 'ArrowUp':
      list.move(-1, event.shiftKey);
      return true;
    case 'PageDown':
      list.page(1);
      return true;
    case 'PageUp':
      list.page(-1);
      return true;
    case 'ArrowRight':
      if (header && !list.isOpen(cursor.group)) list.setOpen(cursor.group, true);
      else if (header) list.goTo({ group: cursor.group, row: 0 });
      return true;
    case 'ArrowLeft':
      if (cursor && !header) list.goTo({ group: cursor.group, row: -1 });
      else if (cursor) list.setOpen(cursor.group, false);
      return true;
    case 'Enter':
      if (header) list.setOpen(cursor.group, !list.isOpen(cursor.group));
      return true;
    case ' ':
      if (cursor) list.toggleSelected(cursor);
      return true;
    case 'Home':
      list.goTo({ group: 0, row: -1 });
      return true;
    case 'End':
      list.goTo(list.last());
      return true;
    case 'Escape': return list.clearSelection();
    default: return false;
  }
}
