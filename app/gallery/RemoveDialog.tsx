import { LoaderCircle } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { HttpError } from '../api.ts';
import type { GalleryName } from '../gallery-wire.ts';
import { Modal } from '../panels/Modal.tsx';
import { StorageConfirm } from '../panels/StorageConfirm.tsx';
import ui from '../panels/ui.module.css';
import { readBrowserStorage } from '../services/browser-storage.ts';
import { createStorageApi } from '../services/storage-api.ts';
import type { CleanPlan, CleanRequest } from '../storage-wire.ts';
import { useEditor } from '../use-editor.ts';
import styles from './Gallery.module.css';
import { picturesWords } from './words.ts';

type Props = {
  names: readonly GalleryName[];
  onClose: () => void;
  onRemoved: (removed: { trash: string; count: number } | null) => void;
};

/** Says what pictures cost before they go to the trash; nothing that was paid for goes without its price being agreed to. */
export function RemoveDialog({ names, onClose, onRemoved }: Props) {
  const { api, plans } = useEditor();
  const storage = useMemo(() => createStorageApi(api), [api]);
  const [plan, setPlan] = useState<CleanPlan | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const fail = (error: unknown): void =>
    setFailure(error instanceof HttpError ? error.message : `This did not work: ${String(error)}`);

  useEffect(() => {
    let isOpen = true;
    const pictures = [...new Set(names.map(({ sha256 }) => sha256))];
    void (async () => {
      // First, so that it is known which of them drafts and versions need.
      const seen = await readBrowserStorage().catch(() => null);
      if (seen && seen.named.length > 0) await storage.name(seen.named);
      return storage.plan({ pictures });
    })().then(
      (made) => isOpen && setPlan(made),
      (error: unknown) => isOpen && fail(error),
    );
    return () => void (isOpen = false);
  }, [names, storage]);

  async function remove(pictures: readonly string[], confirmed: CleanRequest['confirmed']): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      const { trash, pictures: count } = await storage.clean({ pictures: [...pictures], confirmed });
      await plans.refresh();
      onRemoved(trash === null ? null : { trash, count });
    } catch (error) {
      fail(error);
      setBusy(false);
    }
  }

  return (
    <Modal title={`Remove ${picturesWords(names.length)}`} onClose={onClose}>
      {plan ? (
        <StorageConfirm
          plan={plan}
          busy={busy}
          failure={failure}
          onBack={onClose}
          onConfirm={(confirmed) => void remove(plan.pictures, confirmed)}
        />
      ) : failure ? (
        <div className={styles.asking} role="alert">
          <p>{failure}</p>
          <button type="button" className={ui.button} onClick={onClose}>
            Close
          </button>
        </div>
      ) : (
        <p className={styles.asking} role="status">
          <LoaderCircle size={14} className={styles.spin} aria-hidden /> Looking up what they cost…
        </p>
      )}
    </Modal>
  );
}
