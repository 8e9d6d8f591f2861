import { useRef, useState } from 'react';
import { notesOf } from '../create-shell.ts';
import { useEditor } from '../use-editor.ts';
import { restoreVersion } from '../versions/restore.ts';
import { thinningRule } from '../versions/thinning.ts';
import type { Version } from '../versions/version.ts';
import { Modal } from './Modal.tsx';
import { SearchField } from './SearchField.tsx';
import { useShell } from './shell.ts';
import ui from './ui.module.css';
import { useNow } from './use-now.ts';
import { useVersions, type Loaded } from './use-versions.ts';
import { agoWords, findVersions, versionTitle } from './version-words.ts';
import { VersionDetail } from './VersionDetail.tsx';
import { VersionList } from './VersionList.tsx';
import styles from './VersionsDialog.module.css';
import { VersionsNotRead } from './VersionsNotRead.tsx';

/** So few are seen at a glance. */
const FEW = 8;

type Scope = 'this' | 'all';

/** Earlier states of this graph and of others: what changed, and the way back. */
export default function VersionsDialog({ onClose }: { onClose: () => void }) {
  const editor = useEditor();
  const shell = useShell();
  const state = useVersions();
  const { loaded, fault, deleted } = state;
  const now = useNow(30_000);
  const [wishedScope, setScope] = useState<Scope | null>(null);
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [renaming, setRenaming] = useState(false);
  const list = useRef<HTMLDivElement>(null);

  const own = loaded?.versions.filter(({ document }) => document === loaded.current) ?? [];
  const all = loaded?.versions ?? [];
  const scope = wishedScope ?? (own.length > 0 ? 'this' : 'all');
  const inScope = scope === 'this' ? own : all;
  const shown = findVersions(inScope, search);
  const version = shown.find(({ id }) => id === chosen) ?? shown[0] ?? null;

  function close(): void {
    // What was deleted last can still be had back, now from a message.
    if (deleted)
      shell.tell({
        kind: 'info',
        text: `“${deleted.what}” was deleted.`,
        action: { label: 'Undo', act: () => void deleted.undo().catch(shell.tellError) },
      });
    onClose();
  }

  async function restore(wanted: Version): Promise<void> {
    const book = await editor.versions.book();
    const graph = await book.read(wanted.id);
    const outcome = restoreVersion(editor, wanted, graph, shell.tellError);
    if (!outcome) return;
    if (outcome.words.length === 0)
      return shell.tell({ kind: 'info', text: 'The graph is as it was in this version already.' });
    close();
    const { document } = editor;
    shell.tell({
      kind: 'info',
      text: `“${graph.title}” is as it was ${agoWords(wanted.at, Date.now())}.`,
      action: { label: 'Undo', act: document.undo, untilChange: true },
    });
    if (graph.notes.length > 0) shell.show(notesOf(graph));
  }

  function remove(gone: Version): void {
    const place = shown.indexOf(gone);
    // The last one of this graph being gone is no reason to show others.
    setScope(scope);
    setChosen((shown[place + 1] ?? shown[place - 1])?.id ?? null);
    void state.remove(gone.id, versionTitle(gone));
    list.current?.focus();
  }

  function endRenaming(name: string | null): void {
    setRenaming(false);
    if (version && name !== null) void state.rename(version, name);
    list.current?.focus();
  }

  return (
    <Modal
      title="Versions"
      lead="Earlier states of your graphs, kept in this browser. Restoring one is a change like any other: it can be undone."
      wide
      onClose={close}
      onEscape={(event) => {
        if (!renaming) return;
        event.preventDefault();
        endRenaming(null);
      }}
    >
      {fault !== null && (
        <p className={styles.fault} role="alert">
          The versions cannot be read: {fault}{' '}
          <button type="button" className={ui.button} onClick={() => void state.reload()}>
            Try again
          </button>
        </p>
      )}
      {loaded && (
        <>
          <div className={styles.tools}>
            <Scopes scope={scope} onScope={setScope} own={own.length} all={all.length} />
            {(all.length > FEW || search !== '') && (
              <SearchField
                label="Find a version"
                value={search}
                onChange={setSearch}
                className={styles.search}
                onKeyDown={(event) => {
                  if (event.key !== 'ArrowDown') return;
                  event.preventDefault();
                  list.current?.focus();
                }}
              />
            )}
          </div>
          {version ? (
            <div className={styles.panes}>
              <VersionList
                ref={list}
                versions={shown}
                chosen={version}
                now={now}
                withTitles={scope === 'all'}
                onChoose={({ id }) => {
                  setRenaming(false);
                  setChosen(id);
                }}
                onRestore={() => void restore(version).catch(shell.tellError)}
                onRename={() => setRenaming(true)}
                onDelete={() => remove(version)}
              />
              <VersionDetail
                key={version.id}
                version={version}
                renaming={renaming}
                onRestore={() => void restore(version).catch(shell.tellError)}
                onRename={() => setRenaming(true)}
                onRenamed={endRenaming}
                onDelete={() => remove(version)}
              />
            </div>
          ) : (
            <p className={styles.none}>{noneWords(loaded, scope, search)}</p>
          )}
          {deleted && (
            <p className={styles.deleted} role="status">
              <span>“{deleted.what}” was deleted.</span>
              <button type="button" className={ui.button} onClick={() => void state.undo(deleted)}>
                Undo
              </button>
            </p>
          )}
          <VersionsNotRead state={state} loaded={loaded} />
          <p className={styles.rule}>{thinningRule}</p>
        </>
      )}
    </Modal>
  );
}

function noneWords({ versions }: Loaded, scope: Scope, search: string): string {
  if (search !== '') return `No version has “${search}” in it.`;
  if (versions.length > 0 && scope === 'this') return 'There is no version of this graph yet.';
  return 'There is no version yet. One is kept whenever you press Run, before another graph is opened, and when you choose “Keep a version…”.';
}

type ScopesProps = { scope: Scope; onScope: (scope: Scope) => void; own: number; all: number };

function Scopes({ scope, onScope, own, all }: ScopesProps) {
  const choices = [
    { value: 'this', label: 'This graph', count: own },
    { value: 'all', label: 'All graphs', count: all },
  ] as const;
  return (
    <div className={styles.scopes} role="radiogroup" aria-label="Whose versions">
      {choices.map(({ value, label, count }) => (
        <label key={value}>
          <input type="radio" name="scope" value={value} checked={scope === value} onChange={() => onScope(value)} />
          {label} <span>{count}</span>
        </label>
      ))}
    </div>
  );
}
