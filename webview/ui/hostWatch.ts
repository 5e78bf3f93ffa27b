// Whether anybody is behind the page. When the extension host dies the editor starts another, but a page that was in sight stays
// with the dead one: it would show old numbers for ever and say that all is well.
import { Alive, type Channel, isCancelled } from './messages.ts';
import type { Notices } from './notices.ts';

const ASK_MS = 4000;
const PATIENCE_MS = 12_000;

/** Says so above the page while nobody is behind it; `advice` is how to get a living one. */
export function tellWhenHostIsGone<Out, In>(channel: Channel<Out, In>, notices: Notices, advice: string, onChange?: (gone: boolean) => void): void {
  watchHost(channel, (gone) => {
    if (gone) notices.show('host', { kind: 'warning', text: `The editor’s extension host was restarted and this page gets no news any more. ${advice}` });
    else notices.clear('host');
    onChange?.(gone);
  });
}

/** Calls back when the host stops answering, and when it answers again. Any answer counts, a refusal too. */
function watchHost<Out, In>(channel: Channel<Out, In>, onChange: (gone: boolean) => void): void {
  let gone = false;
  const ask = async (): Promise<void> => {
    const patience = new AbortController();
    const timer = setTimeout(() => { patience.abort(); }, PATIENCE_MS);
    const silent = await channel.call(Alive, {}, patience.signal).then(() => false, (error: unknown) => isCancelled(error));
    clearTimeout(timer);
    if (silent !== gone) onChange(gone = silent);
    setTimeout(() => { void ask(); }, ASK_MS);
  };
  void ask();
}
