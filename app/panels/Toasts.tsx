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
  const hasModal = useSyncExternalStore(watchModals, isModalOpen);
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
      position={hasModal ? 'top-center' : 'bottom-center'}
      offset={{ top: 10, bottom: 72 }}
      mobileOffset={{ top: 8, bottom: 76 }}
      closeButton
      style={colours}
      toastOptions={{ classNames: { toast: styles.toast!, actionButton: styles.action!, closeButton: styles.close! } }}
    />
  );
}

/** The buttons of a dialog are at its lower edge: notices stand above it. */
const isModalOpen = (): boolean => document.querySelector('body > [data-modal]') !== null;

function watchModals(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { childList: true });
  return () => observer.disconnect();
}
