// The README's pictures: what is opened before each is taken.
import type { Host } from '../../test/support/codeServer.ts';
import type { WorkbenchPage } from '../../test/support/workbench.ts';

export interface Picture {
  /** File name under media/screenshots, without its ending. */
  readonly name: string;
  /** Brings a freshly opened workbench with the samples to what the picture shows, and waits until it shows it. */
  arrange(workbench: WorkbenchPage, host: Host): Promise<void>;
}

export const pictures: readonly Picture[] = [
  {
    name: 'sidebar',
    arrange: async (workbench) => {
      await workbench.openContainer('RLVR');
      await workbench.view('Problems').getByRole('treeitem').first().waitFor();
    },
  },
];
