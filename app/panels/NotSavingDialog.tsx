import { useState } from 'react';
import { useDocument, useEditor } from '../use-editor.ts';
import { Modal } from './Modal.tsx';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** Nothing is saved, since the draft of last time could not be read or this browser keeps nothing: what to do now. */
export default function NotSavingDialog({ onClose }: { onClose: () => void }) {
  const { document } = useEditor();
  const shell = useShell();
  const saved = useDocument((state) => state.saved);
  const [trying, setTrying] = useState(false);
  const isUnread = saved.status === 'off' && saved.why === 'unread';
  const reason = saved.status === 'off' ? saved.message.replace(/\.?$/, '.') : '';

  async function tryAgain(): Promise<void> {
    setTrying(true);
    try {
      const { loaded, setAside } = await document.restore();
      onClose();
      if (setAside) shell.show({ type: 'set-aside', ...setAside });
      else shell.tell({ kind: 'info', text: loaded ? 'Your draft is open again.' : 'This graph is saved again.' });
    } catch {
      // The reason that is shown is the new one.
    } finally {
      setTrying(false);
    }
  }

  return (
    <Modal
      title={isUnread ? 'Your last draft could not be read' : 'Nothing can be saved here'}
      lead={
        isUnread
          ? `This browser’s storage gave no answer for it: ${reason} It may well be whole, so nothing is written over it until you say so: what you make here is only in this window. To begin anew gives the old draft up.`
          : `This browser does not let Editloom keep anything, as private windows and blocked site data do: ${reason} You can work, but the graph is only in this window: save it as a graph file before you close it.`
      }
      onClose={onClose}
      footer={
        <>
          {isUnread && (
            <button
              type="button"
              className={ui.button}
              onClick={() => {
                document.beginAnew();
                onClose();
              }}
            >
              Begin anew
            </button>
          )}
          <button type="button" className={ui.button} onClick={shell.saveFile}>
            Save graph file
          </button>
          <button
            type="button"
            className={ui.primary}
            aria-disabled={trying}
            onClick={() => void (trying || tryAgain())}
          >
            {trying ? 'Trying…' : 'Try again'}
          </button>
        </>
      }
    />
  );
}
