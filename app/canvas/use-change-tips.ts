import { useEffect } from 'react';
import type { Editor } from '../editor.ts';

/**
 * Says at the name of a parameter that is pointed at or has the focus how many edits a change of it makes anew. Reckoned
 * at that moment and not before: no card renders for it.
 */
export function useChangeTips(editor: Editor, frame: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let last: { of: HTMLElement; plan: object } | null = null;

    async function tell({ target }: Event): Promise<void> {
      const holder = target instanceof HTMLElement ? holderOf(target) : null;
      const { plan } = editor.plans.get();
      if (!holder || (last?.of === holder && last.plan === plan)) return;
      last = { of: holder, plan };
      const node = holder.closest<HTMLElement>('.react-flow__node')?.dataset.id;
      const description = holder.dataset.description ?? '';
      // Marked at once, so that the tooltip waits for the words.
      holder.dataset.tip ??= description;
      holder.dataset.tipAbove = '';
      if (node === undefined || !mayBeChanged(holder)) return;
      const { changeTip } = await import('./change-tip.ts');
      const service = editor.server.getState().reply?.service ?? null;
      const words = changeTip(plan, editor.document.get().graph, node, service);
      holder.dataset.tip = [description, words].filter(Boolean).join('\n');
    }

    const listen = (event: Event): void => void tell(event).catch(() => undefined);
    element.addEventListener('pointerover', listen);
    element.addEventListener('focusin', listen);
    return () => {
      element.removeEventListener('pointerover', listen);
      element.removeEventListener('focusin', listen);
    };
  }, [editor, frame]);
}

/** The name of the parameter that is pointed at, or whose control has the focus. */
function holderOf(target: HTMLElement): HTMLElement | null {
  const label = target.closest<HTMLElement>('[data-description]');
  if (label) return label;
  const { labels } = target as Partial<HTMLInputElement>;
  return labels?.[0]?.closest<HTMLElement>('[data-description]') ?? null;
}

/** What comes along an edge is changed elsewhere. */
const mayBeChanged = (label: HTMLElement): boolean =>
  !(label instanceof HTMLLabelElement) || label.control !== null || document.getElementById(label.htmlFor) !== null;
