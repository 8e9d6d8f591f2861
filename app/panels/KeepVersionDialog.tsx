import { useId, useState } from 'react';
import { useDocument, useEditor } from '../use-editor.ts';
import form from './form.module.css';
import { Modal } from './Modal.tsx';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** Keeps the graph as it is now, under a name. */
export default function KeepVersionDialog({ onClose }: { onClose: () => void }) {
  const { document, versions } = useEditor();
  const shell = useShell();
  const title = useDocument((state) => state.title);
  const [busy, setBusy] = useState(false);
  const id = useId();

  async function keep(name: string): Promise<void> {
    if (document.refuses()) return onClose();
    setBusy(true);
    try {
      await versions.keepNow('asked', name);
      onClose();
      shell.tell({
        kind: 'info',
        text: `“${name}” was kept.`,
        action: { label: 'Versions', act: () => shell.show({ type: 'versions' }) },
      });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      title="Keep a version"
      lead={`“${title}” as it is now, in this browser. A version with a name stays until you delete it.`}
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={id} className={ui.primary} disabled={busy}>
            Keep
          </button>
        </>
      }
    >
      <form
        id={id}
        className={form.field}
        onSubmit={(event) => {
          event.preventDefault();
          const name = String(new FormData(event.currentTarget).get('name')).trim();
          if (name) void keep(name).catch(shell.tellError);
        }}
      >
        <label className={form.label} htmlFor={`${id}-name`}>
          Name
        </label>
        <input
          id={`${id}-name`}
          name="name"
          className={ui.input}
          maxLength={100}
          required
          autoFocus
          autoComplete="off"
          placeholder="Before the client’s changes"
        />
      </form>
    </Modal>
  );
}
