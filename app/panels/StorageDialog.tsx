import { useEffect, useRef, useState } from 'react';
import { pictureCount, sizeWords } from '../storage-words.ts';
import type { CleanPlan, CleanReply, CleanRequest } from '../storage-wire.ts';
import { Modal } from './Modal.tsx';
import { StorageBrowser } from './StorageBrowser.tsx';
import { StorageCheck } from './StorageCheck.tsx';
import { StorageConfirm } from './StorageConfirm.tsx';
import styles from './StorageDialog.module.css';
import { noSelection, selectionSum, StorageGroups, type Selection } from './StorageGroups.tsx';
import { StorageRooms } from './StorageRooms.tsx';
import { StorageTrash } from './StorageTrash.tsx';
import ui from './ui.module.css';
import { useStorage } from './use-storage.ts';

/** What was done last, and how to take it back. */
type Done = { readonly text: string; readonly restore: string | null };

/** What takes room, its cleaning, and the check of what is there. */
export default function StorageDialog({ onClose }: { onClose: () => void }) {
  const storage = useStorage();
  const { reply, busy, failure } = storage;
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [plan, setPlan] = useState<CleanPlan | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const status = useRef<HTMLParagraphElement>(null);
  const { count, bytes } = selectionSum(selection, reply?.groups ?? []);

  // The button that was pressed may be gone by then.
  useEffect(() => {
    if (done) status.current?.focus();
  }, [done]);

  async function ask(what: Parameters<typeof storage.api.plan>[0]): Promise<void> {
    setDone(null);
    const next = await storage.api.plan(what).catch(storage.fail);
    if (next) setPlan(next);
  }

  async function clean(request: CleanRequest, words: (reply: CleanReply) => string): Promise<void> {
    const cleaned = await storage.clean(request);
    if (!cleaned) return;
    setPlan(null);
    setSelection(noSelection);
    setDone({ text: words(cleaned), restore: cleaned.trash });
  }

  async function restore(name: string): Promise<void> {
    const pictures = await storage.restore(name);
    if (pictures !== null) setDone({ text: `${pictureCount(pictures)} put back.`, restore: null });
  }

  if (plan)
    return (
      <Modal title={plan.trash.length > 0 ? 'Empty the trash?' : 'Remove pictures?'} wide onClose={onClose}>
        <StorageConfirm
          plan={plan}
          busy={busy}
          failure={failure}
          onBack={() => setPlan(null)}
          onConfirm={(confirmed) =>
            void clean({ pictures: plan.pictures, trash: plan.trash, confirmed }, (cleaned) =>
              plan.trash.length > 0
                ? `The trash is empty: ${sizeWords(cleaned.freed)} are free again.`
                : `${pictureCount(cleaned.pictures)} moved to the trash for 30 days. The room is free when the trash is emptied.`,
            )
          }
        />
      </Modal>
    );

  return (
    <Modal
      title="Storage"
      lead={reply ? <>All of it is on this computer, in {reply.dataFolder}.</> : 'Looking at what takes room…'}
      wide
      onClose={onClose}
      footer={
        count > 0 && (
          <>
            <p className={styles.chosen} role="status">
              {pictureCount(count)} chosen, {sizeWords(bytes)}
            </p>
            <button type="button" className={ui.plain} onClick={() => setSelection(noSelection)}>
              Clear
            </button>
            <button
              type="button"
              className={ui.danger}
              disabled={busy || storage.check.running}
              onClick={() => void ask({ groups: [...selection.groups], pictures: [...selection.pictures.keys()] })}
            >
              Remove…
            </button>
          </>
        )
      }
    >
      {failure && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      {reply?.warning && <p className={styles.warning}>{reply.warning}</p>}
      {done && (
        <p className={styles.done} role="status" tabIndex={-1} ref={status}>
          <span>{done.text}</span>
          {done.restore !== null && (
            <button type="button" className={ui.button} disabled={busy} onClick={() => void restore(done.restore!)}>
              Put back
            </button>
          )}
        </p>
      )}
      {reply && (
        <>
          <StorageRooms
            reply={reply}
            disabled={busy || storage.check.running}
            onRemove={(what, words) => void clean({ rebuildable: [what] }, ({ freed }) => words(sizeWords(freed)))}
          />
          <StorageGroups storage={storage.api} reply={reply} selection={selection} onSelect={setSelection} />
          <StorageTrash
            trash={reply.trash}
            disabled={busy || storage.check.running}
            onRestore={(name) => void restore(name)}
            onEmpty={() => void ask({ trash: reply.trash.map(({ name }) => name) })}
          />
          <StorageCheck storage={storage} />
          <StorageBrowser browser={storage.browser} onAsked={() => void storage.look()} />
        </>
      )}
    </Modal>
  );
}
