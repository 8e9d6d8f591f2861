import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createCareApi, setAsideFileUrl } from '../services/care-api.ts';
import { useEditor } from '../use-editor.ts';
import type { SetAside } from '../wire-care.ts';
import { Modal } from './Modal.tsx';
import styles from './SetAsideNotice.module.css';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** What the server could not read: what it did about each, the file to take along, and the user's word. */
export function ServerSetAside({ onClose }: { onClose: () => void }) {
  const { api, loadSettings } = useEditor();
  const { tellError } = useShell();
  const [list, setList] = useState<readonly SetAside[] | null>(null);
  useEffect(() => {
    createCareApi(api.ask).setAside().then(setList, tellError);
  }, [api, tellError]);

  async function markSeen(id: string): Promise<void> {
    const left = await createCareApi(api.ask).markSeen(id);
    setList(left);
    await loadSettings();
    if (left.length === 0) onClose();
  }

  return (
    <Modal
      wide
      title="What was set aside"
      lead="Nothing of it was thrown away: it lies in the data folder under another name."
      onClose={onClose}
    >
      {list && (
        <ul className={styles.list}>
          {list.map((entry) => (
            <li key={entry.id}>
              <h3>{titles[entry.what]}</h3>
              <time dateTime={new Date(entry.at).toISOString()}>{new Date(entry.at).toLocaleString()}</time>
              <p>{entry.message}</p>
              <div className={styles.actions}>
                <button
                  type="button"
                  className={entry.keysMayBeLost ? ui.primary : ui.button}
                  onClick={() => void markSeen(entry.id).catch(tellError)}
                >
                  {entry.keysMayBeLost ? 'I agree: edits may be paid for again' : 'Put away'}
                </button>
                {entry.files.map(({ name, bytes }) => (
                  <a key={name} className={ui.button} href={setAsideFileUrl(name)} download={name.split('/').at(-1)}>
                    <Download size={14} aria-hidden /> Download {name.endsWith('-wal') ? 'its log ' : ''}
                    {sizeWords(bytes)}
                  </a>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}

const titles: Record<SetAside['what'], string> = {
  'job-book': 'Job book',
  entry: 'An entry of the job book',
  'output-book': 'Book of saved files',
  'requests-book': 'Book of offline requests',
  settings: 'Settings',
  token: 'Token',
  list: 'The list of what was set aside',
};

const sizeWords = (bytes: number): string =>
  bytes < 1e6 ? `(${Math.max(1, Math.round(bytes / 1000))} kB)` : `(${(bytes / 1e6).toFixed(1)} MB)`;
