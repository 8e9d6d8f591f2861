import { LoaderCircle } from 'lucide-react';
import { useCallback } from 'react';
import styles from './Canvas.module.css';
import cardStyles from './Card.module.css';
import { ConnectMenu } from './ConnectMenu.tsx';
import { NodeMenu } from './NodeMenu.tsx';
import { NodeSearch } from './NodeSearch.tsx';
import { useCanvas, useView } from './view.ts';

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
  const { view } = useCanvas();
  const popup = useView((state) => state.popup);
  // A choice of one popup may open the next: close only the one that asks for it.
  const close = useCallback(() => {
    if (view.get().popup === popup) view.set({ popup: null });
  }, [view, popup]);
  switch (popup?.type) {
    case 'search':
      return <NodeSearch at={popup.at} end={popup.end} onClose={close} />;
    case 'menu':
      return <NodeMenu key={popup.node} node={popup.node} at={popup.at} onClose={close} />;
    case 'connect':
      return <ConnectMenu key={popup.node} node={popup.node} at={popup.at} onClose={close} />;
    default:
      return null;
  }
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
