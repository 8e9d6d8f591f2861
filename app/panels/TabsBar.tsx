import { Eye, FileWarning } from 'lucide-react';
import { useStore } from 'zustand';
import { writeGraphFile } from '../../graphs/file.ts';
import { download } from '../file-pickers.ts';
import { graphFileName } from '../graph-files.ts';
import type { Tabs, TabsState } from '../tabs.ts';
import styles from './TabsBar.module.css';
import ui from './ui.module.css';

/** This graph is open in another tab, which writes it; and what this tab could not save before that one took over. */
export default function TabsBar({ tabs }: { tabs: Tabs }) {
  const { role, other, taking, kept } = useStore(tabs.store);
  return (
    <>
      {role === 'reader' && (
        <section className={styles.bar} aria-label="Open in another tab">
          <Eye size={15} aria-hidden />
          <p role="status">
            {words[other]}
            {!tabs.isCertain && other !== 'newer' && plainHttp}
          </p>
          {other === 'newer' ? (
            <button type="button" className={ui.button} onClick={() => window.location.reload()}>
              Load this page again
            </button>
          ) : (
            <button
              type="button"
              className={ui.button}
              aria-disabled={taking}
              onClick={() => void (taking || tabs.take())}
            >
              {taking ? 'Asking the other tab…' : 'Edit here instead'}
            </button>
          )}
        </section>
      )}
      {kept && (
        <section className={`${styles.bar} ${styles.kept}`} aria-label="Changes that were not saved">
          <FileWarning size={15} aria-hidden />
          <p role="alert">
            Another tab took this graph over before the last changes of this one were saved.{' '}
            {kept.isVersion
              ? `They are kept as a version of “${kept.title}” (File, Versions).`
              : `They are kept here, in “${kept.title}”, until you close this tab.`}
          </p>
          <button
            type="button"
            className={kept.isVersion ? ui.button : ui.primary}
            onClick={() => {
              const file = new Blob([writeGraphFile(kept.title, kept.graph)], { type: 'application/json' });
              download(window, graphFileName(kept.title), file);
            }}
          >
            Save them as a graph file
          </button>
          <button type="button" className={ui.button} onClick={tabs.forgetKept}>
            {kept.isVersion ? 'Understood' : 'They are not needed'}
          </button>
        </section>
      )}
    </>
  );
}

/** Browsers give Web Locks to https and to this machine's own pages only. */
const plainHttp =
  ' Over plain http this browser cannot tell by itself when the other tab is gone: press the button then.';

const words: Record<TabsState['other'], string> = {
  live: 'This graph is open in another tab. What is changed there shows here.',
  silent: 'This graph is open in another tab, which does not answer just now. What you see may be a little older.',
  newer: 'This graph is open in a newer Editloom in another tab, which this page is too old to read.',
};
