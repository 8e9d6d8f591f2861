import { Download, Trash2 } from 'lucide-react';
import { download } from '../file-pickers.ts';
import { useEditor } from '../use-editor.ts';
import { IconButton } from './IconButton.tsx';
import { useShell } from './shell.ts';
import type { Loaded, VersionsState } from './use-versions.ts';
import styles from './VersionsDialog.module.css';

/** Drafts and versions that could not be read: kept as they are, to be downloaded or deleted. */
export function VersionsNotRead({ state, loaded }: { state: VersionsState; loaded: Loaded }) {
  const { versions } = useEditor();
  const { tellError } = useShell();
  const entries = [
    ...loaded.drafts.map((name) => ({
      name,
      reason: 'A draft that could not be read when the page began.',
      text: () => state.drafts.text(name),
      remove: () => state.removeDraft(name),
    })),
    ...loaded.unreadable.map(({ id, reason, text }) => ({
      name: `version-unreadable-${id}`,
      reason: `A version that cannot be read: ${reason}.`,
      // The graph is worth more than what was known about it, where it is still there.
      text: () => versions.book().then((book) => book.text(id).catch(() => text)),
      remove: () => state.remove(id, `version-unreadable-${id}`),
    })),
  ];
  if (entries.length === 0) return null;
  return (
    <section className={styles.notRead} aria-label="Could not be read">
      <h3>Could not be read</h3>
      <ul>
        {entries.map(({ name, reason, text, remove }) => (
          <li key={name}>
            <span>
              <strong>{name}</strong>
              <span>{reason}</span>
            </span>
            <IconButton
              label={`Download ${name}`}
              onClick={() =>
                void text()
                  .then((content) =>
                    download(window, `${name}.json`, new Blob([content], { type: 'application/json' })),
                  )
                  .catch(tellError)
              }
            >
              <Download size={16} aria-hidden />
            </IconButton>
            <IconButton label={`Delete ${name}`} onClick={() => void remove()}>
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
