import { Download, PencilLine, RotateCcw, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { LoadedGraph } from '../../graphs/file.ts';
import { graphFileName } from '../graph-files.ts';
import { download } from '../file-pickers.ts';
import { useDocument, useEditor } from '../use-editor.ts';
import { differenceOf } from '../versions/book.ts';
import type { Version } from '../versions/version.ts';
import { GraphSketch } from './GraphSketch.tsx';
import { IconButton } from './IconButton.tsx';
import { plural } from './run-words.ts';
import { useShell } from './shell.ts';
import ui from './ui.module.css';
import { fileTime, versionTitle } from './version-words.ts';
import { Thumbnails } from './VersionList.tsx';
import styles from './VersionsDialog.module.css';

/** A drawing of more is no drawing. */
const MOST_SKETCHED = 400;

type Props = {
  version: Version;
  renaming: boolean;
  onRestore: () => void;
  onRename: () => void;
  /** Null: the name stays as it is. */
  onRenamed: (name: string | null) => void;
  onDelete: () => void;
};

/** One version: how it looked, what changed then, and what restoring it would change now. */
export function VersionDetail({ version, renaming, onRestore, onRename, onRenamed, onDelete }: Props) {
  const { versions, nodeTypes } = useEditor();
  const shell = useShell();
  const readOnly = useDocument((state) => state.readOnly);
  const read = useGraphOf(version);

  const save = (): void =>
    void versions
      .book()
      .then((book) => book.text(version.id))
      .then((text) => {
        const name = graphFileName(`${version.title} ${fileTime(version.at)}`);
        download(window, name, new Blob([text], { type: 'application/json' }));
      })
      .catch(shell.tellError);

  return (
    <section className={styles.detail} aria-label="The chosen version">
      <div className={styles.preview}>
        {version.pictures.length > 0 && <Thumbnails pictures={version.pictures} />}
        {read.loaded && isDrawable(version) && <GraphSketch graph={read.loaded.graph} nodeTypes={nodeTypes} />}
      </div>
      {renaming ? (
        <form
          className={styles.renaming}
          onSubmit={(event) => {
            event.preventDefault();
            onRenamed(String(new FormData(event.currentTarget).get('name')));
          }}
        >
          <input
            className={ui.input}
            name="name"
            aria-label="Name of the version"
            placeholder="Name of the version"
            maxLength={100}
            defaultValue={version.name ?? ''}
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
          />
          <button type="submit" className={ui.primary}>
            Keep
          </button>
        </form>
      ) : (
        <h3>{versionTitle(version)}</h3>
      )}
      <p className={styles.facts}>
        “{version.title}” · {plural(version.nodes, 'node')} · {new Date(version.at).toLocaleString()}
      </p>
      {version.words.length > 0 && <Words title="Changed since the version before" words={version.words} />}
      <Comparison read={read} />
      <div className={styles.actions}>
        <button
          type="button"
          className={ui.primary}
          onClick={onRestore}
          disabled={readOnly !== null || !read.loaded}
          aria-keyshortcuts="Enter"
        >
          <RotateCcw size={15} aria-hidden /> Restore
        </button>
        <span className={styles.more}>
          <IconButton label="Name this version (F2)" onClick={onRename}>
            <PencilLine size={16} aria-hidden />
          </IconButton>
          <IconButton label="Download as a graph file" onClick={save}>
            <Download size={16} aria-hidden />
          </IconButton>
          <IconButton label="Delete this version (Del)" onClick={onDelete}>
            <Trash2 size={16} aria-hidden />
          </IconButton>
        </span>
      </div>
      {readOnly !== null && <p className={styles.facts}>{readOnly}</p>}
    </section>
  );
}

type Read = { readonly loaded: LoadedGraph | null; readonly fault: string | null };

/** What restoring it would change. */
function Comparison({ read: { loaded, fault } }: { read: Read }) {
  const { nodeTypes } = useEditor();
  const title = useDocument((state) => state.title);
  const graph = useDocument((state) => state.graph);
  if (fault !== null)
    return (
      <p className={styles.fault} role="alert">
        {fault} It can be downloaded as it is.
      </p>
    );
  if (!loaded) return null;
  const words = differenceOf({ title, graph }, loaded, nodeTypes);
  if (words.length === 0) return <p className={styles.facts}>The graph that is open now is the same.</p>;
  return <Words title="Restoring it changes the open graph" words={words} />;
}

function Words({ title, words }: { title: string; words: readonly string[] }) {
  return (
    <>
      <h4>{title}</h4>
      <ul className={styles.changes}>
        {words.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}

function useGraphOf({ id }: Version): Read {
  const { versions } = useEditor();
  const [read, setRead] = useState<Read>({ loaded: null, fault: null });
  useEffect(() => {
    let isWanted = true;
    const take = (next: Read): void => void (isWanted && setRead(next));
    versions
      .book()
      .then((book) => book.read(id))
      .then(
        (loaded) => take({ loaded, fault: null }),
        (error: Error) => take({ loaded: null, fault: error.message }),
      );
    return () => void (isWanted = false);
  }, [versions, id]);
  return read;
}

function isDrawable({ nodes }: Version): boolean {
  return nodes > 0 && nodes <= MOST_SKETCHED;
}
