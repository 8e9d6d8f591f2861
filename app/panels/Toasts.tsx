import { useEffect, useState, useSyncExternalStore, type CSSProperties } from 'react';
import { toast, Toaster } from 'sonner';
import type { Notices } from '../notices.ts';
import { useEditor } from '../use-editor.ts';
import styles from './Toasts.module.css';

/** The app's own colours in place of sonner's two themes. */
const colours = {
  '--normal-bg': 'var(--surface-2)',
  '--normal-border': 'var(--line-strong)',
  '--normal-text': 'var(--text)',
} as CSSProperties;

/** Shows notices for a while; errors stay longer, and each can be sent away. */
export default function Toasts({ notices }: { notices: Notices }) {
  const { document } = useEditor();
  const [offers] = useState<string[]>(() => []);
  const isCovering = useSyncExternalStore(watchCovers, hasCover);
  const barHeight = useSyncExternalStore(watchBar, heightOfBar);
  useEffect(
    () =>
      document.subscribe(({ history }, before) => {
        if (history !== before.history) for (const id of offers.splice(0)) toast.dismiss(id);
      }),
    [document, offers],
  );
  useEffect(
    () =>
      notices.subscribe(({ kind, text, action }) => {
        const show = kind === 'error' ? toast.error : toast;
        const id = `${kind} ${text}`;
        if (action?.untilChange) offers.push(id);
        show(text, {
          id,
          duration: kind === 'error' || action ? 12_000 : 5_000,
          ...(action
            ? {
                action: {
                  label: action.label,
                  onClick: (event) => {
                    // Whatever had the focus before gets it back now, not after the act has put it where it belongs.
                    event.currentTarget.blur();
                    action.act();
                  },
                },
              }
            : {}),
        });
      }),
    [notices, offers],
  );
  return (
    <Toaster
      position={isCovering ? 'top-center' : 'bottom-center'}
      offset={{ top: 10, bottom: barHeight + 16 }}
      mobileOffset={{ top: 8, bottom: barHeight + 12 }}
      closeButton
      style={colours}
      toastOptions={{ classNames: { toast: styles.toast!, actionButton: styles.action!, closeButton: styles.close! } }}
    />
  );
}

const covers = 'body > [data-modal], body > [data-radix-popper-content-wrapper] > [role="dialog"]';

/** The buttons of a dialog are at its lower edge, and popovers open above the bar below: notices stand above them. */
const hasCover = (): boolean => document.querySelector(covers) !== null;

function watchCovers(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { childList: true });
  return () => observer.disconnect();
}

const runBar = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-run-bar]');

/** It grows with what it has to say. */
const heightOfBar = (): number => runBar()?.offsetHeight ?? 56;

function watchBar(onChange: () => void): () => void {
  const bar = runBar();
  if (!bar) return () => undefined;
  const observer = new ResizeObserver(onChange);
  observer.observe(bar);
  return () => observer.disconnect();
}
