import { LoaderCircle } from 'lucide-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { late } from '../panels/late.tsx';
import { LoadBoundary } from '../panels/LoadBoundary.tsx';
import styles from './Canvas.module.css';
import cardStyles from './Card.module.css';
import { NodeSearch } from './NodeSearch.tsx';
import { useCanvas, useView, type Popup } from './view.ts';

const ConnectMenu = late(() => import('./ConnectMenu.tsx'));
const LinkMenu = late(() => import('./LinkMenu.tsx'));
const NodeMenu = late(() => import('./NodeMenu.tsx'));

/** What would happen at the cursor, or why it would not. */
export function Hint() {
  const hint = useView((state) => state.hint);
  if (!hint) return null;
  return (
    <div
      className={styles.hint}
      data-tone={hint.tone}
      role="status"
      style={{ left: Math.min(hint.at.x + 16, innerWidth - 280), top: Math.min(hint.at.y + 18, innerHeight - 60) }}
    >
      {hint.text}
    </div>
  );
}

export function Popups() {
  const { view, notice } = useCanvas();
  const popup = useView((state) => state.popup);
  // A choice of one popup may open the next: close only the one that asks for it.
  const close = useCallback(() => {
    if (view.get().popup === popup) view.set({ popup: null });
  }, [view, popup]);
  if (!popup) return null;
  const fault = (error: Error): void => {
    close();
    notice({
      kind: 'error',
      text: `This menu could not be shown (${error.message}). Load the page again if it stays so.`,
      // Some browsers remember that a part could not be loaded, and do not ask for it again.
      action: { label: 'Load again', act: () => location.reload() },
    });
  };
  return (
    <GiveBackFocus key={popup.type}>
      <LoadBoundary onFault={fault}>{contentOf(popup, close)}</LoadBoundary>
    </GiveBackFocus>
  );
}

function contentOf(popup: Popup, close: () => void): ReactNode {
  switch (popup.type) {
    case 'search':
      return <NodeSearch at={popup.at} end={popup.end} placed={popup.placed} onClose={close} />;
    case 'menu':
      return <NodeMenu key={popup.node} node={popup.node} at={popup.at} onClose={close} />;
    case 'link':
      return <LinkMenu key={popup.node} node={popup.node} at={popup.at} onClose={close} />;
    case 'connect':
      return <ConnectMenu key={popup.node} node={popup.node} at={popup.at} onClose={close} />;
  }
}

/** When a popup goes and takes the focus with it, the focus returns to where it was. */
function GiveBackFocus({ children }: { children: ReactNode }) {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement && before.isConnected)
          before.focus({ preventScroll: true });
      });
    },
    [before],
  );
  return children;
}

export function Uploads() {
  const uploading = useView((state) => state.uploading);
  if (uploading === 0) return null;
  return (
    <div className={styles.uploads} role="status">
      <LoaderCircle size={15} className={cardStyles.spin} aria-hidden />
      Taking {uploading === 1 ? 'a picture' : `${uploading} pictures`}…
    </div>
  );
}
