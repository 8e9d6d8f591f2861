import { useState } from 'react';
import { askToPersist, type BrowserStorage } from '../services/browser-storage.ts';
import { sizeWords } from '../storage-words.ts';
import { plural } from './run-words.ts';
import styles from './StorageDialog.module.css';
import ui from './ui.module.css';

/** Drafts and versions are kept by the browser, which may clear them when the disk gets full unless it promised not to. */
export function StorageBrowser({ browser, onAsked }: { browser: BrowserStorage | null; onAsked: () => void }) {
  const [refused, setRefused] = useState(false);
  if (!browser) return null;
  const { usage, quota, persisted, drafts, versions } = browser;

  async function ask(): Promise<void> {
    setRefused((await askToPersist()) !== true);
    onAsked();
  }

  return (
    <section className={styles.section} aria-labelledby="storage-browser">
      <h3 id="storage-browser">In this browser</h3>
      <ul className={styles.rooms}>
        <li>
          <span className={styles.name}>
            Drafts <small>{plural(drafts.count, 'entry', 'entries')}</small>
          </span>
          <span className={styles.size}>{sizeWords(drafts.bytes)}</span>
        </li>
        <li>
          <span className={styles.name}>
            Versions <small>{plural(versions.count, 'version', 'versions')}</small>
          </span>
          <span className={styles.size}>{sizeWords(versions.bytes)}</span>
        </li>
      </ul>
      <p className={styles.hint}>
        {usage !== null &&
          quota !== null &&
          `${sizeWords(usage)} of the ${sizeWords(quota)} that this browser allows. `}
        {persisted === true && 'The browser has promised to keep them until you remove them yourself.'}
        {persisted === false && 'The browser may clear them by itself when the disk gets full.'}
        {persisted === null && 'This browser does not say whether it keeps them for good.'}
      </p>
      {persisted === false && (
        <div className={styles.asking}>
          <button type="button" className={ui.button} onClick={() => void ask()}>
            Ask the browser to keep them
          </button>
          {refused && (
            <p role="status" className={styles.hint}>
              It did not agree now. Browsers do for pages that are used often, or after a bookmark. Save graph files of
              what matters.
            </p>
          )}
        </div>
      )}
    </section>
  );
}
