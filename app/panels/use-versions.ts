import { useCallback, useEffect, useState } from 'react';
import { useEditor } from '../use-editor.ts';
import { documentOf } from '../versions/lineage.ts';
import { createSetAsideDrafts } from '../versions/set-aside-drafts.ts';
import type { Unreadable, Version } from '../versions/version.ts';
import { useShell } from './shell.ts';

export type Loaded = {
  readonly versions: readonly Version[];
  readonly unreadable: readonly Unreadable[];
  /** Names of drafts that could not be read. */
  readonly drafts: readonly string[];
  /** Which of the versions are those of the graph that is open; null when it has none. */
  readonly current: string | null;
};

/** Something was deleted and can be had back. */
export type Deleted = { readonly what: string; readonly undo: () => Promise<void> };

/** The list as it lies in the browser, read anew after each change of it. */
export function useVersions() {
  const { versions: keeper, document } = useEditor();
  const { tellError } = useShell();
  const [drafts] = useState(() => createSetAsideDrafts());
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [deleted, setDeleted] = useState<Deleted | null>(null);

  const reload = useCallback((): Promise<void> => {
    const read = async (): Promise<Loaded> => {
      const book = await keeper.book();
      const [list, names] = await Promise.all([book.list(), drafts.list()]);
      const current = documentOf(list.versions, document.get().title, list.current);
      return { ...list, drafts: names, current };
    };
    return read().then(
      (next) => {
        setLoaded(next);
        setFault(null);
      },
      (error: Error) => setFault(error.message),
    );
  }, [keeper, drafts, document]);
  useEffect(() => void reload(), [reload]);

  /** Does it, and shows how the list is then; what goes wrong is told. */
  const act = async (work: () => Promise<Deleted | void>): Promise<void> => {
    try {
      const done = await work();
      setDeleted(done ?? null);
      await reload();
    } catch (error) {
      tellError(error);
    }
  };

  return {
    loaded,
    fault,
    deleted,
    reload,
    drafts,
    rename: (version: Version, name: string) =>
      act(async () => (await keeper.book()).rename(version.id, name).then(() => undefined)),
    remove: (id: string, what: string) => act(async () => ({ what, undo: await (await keeper.book()).remove(id) })),
    removeDraft: (name: string) => act(async () => ({ what: name, undo: await drafts.remove(name) })),
    undo: ({ undo }: Deleted) => act(() => undo()),
  };
}

export type VersionsState = ReturnType<typeof useVersions>;
