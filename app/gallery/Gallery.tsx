import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { GalleryFilter, GalleryName } from '../gallery-wire.ts';
import { focusItself } from '../panels/focus-itself.ts';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useNarrow } from '../panels/use-media.ts';
import { useFocusBack } from '../panels/use-focus-back.ts';
import { createGalleryApi } from '../services/gallery-api.ts';
import { useEditor } from '../use-editor.ts';
import { Filters } from './Filters.tsx';
import { GalleryBar } from './GalleryBar.tsx';
import { GalleryEmpty } from './GalleryEmpty.tsx';
import { GalleryNotices, type Removed } from './GalleryNotices.tsx';
import styles from './Gallery.module.css';
import { createGalleryActions } from './gallery-actions.ts';
import { createGalleryStore } from './gallery-store.ts';
import { Lightbox } from './Lightbox.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { Tiles, type TilesHandle } from './Tiles.tsx';
import { isFiltered, noFilter, type GalleryView } from './view.ts';
import { chipsOf } from './words.ts';

type Props = { view?: GalleryView | undefined; onClose: () => void };

/** So long after the last letter it is searched. */
const typingMs = 40;

/** All pictures ever made: found by words and filters, looked at, rated, compared, saved and removed. */
export default function Gallery({ view, onClose }: Props) {
  const editor = useEditor();
  const shell = useShell();
  const narrow = useNarrow();
  const api = useMemo(() => createGalleryApi(editor.api), [editor]);
  const tiles = useRef<TilesHandle>(null);
  const [gallery] = useState(() =>
    createGalleryStore({
      api,
      filter: view?.filter ?? noFilter,
      top: view?.top ?? null,
      at: view?.at ?? 0,
    }),
  );
  const state = useStore(gallery.store);
  const [words, setWords] = useState(state.filter.words);
  const { at } = state;
  const [selection, setSelection] = useState<ReadonlyMap<string, GalleryName>>(view?.selection ?? new Map());
  const [open, setOpen] = useState(view?.open ?? false);
  const [removing, setRemoving] = useState<readonly GalleryName[] | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [filtersOpen, setFiltersOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const close = gallery.open();
    const stop = editor.hear(gallery.hear);
    return () => {
      stop();
      close();
    };
  }, [editor, gallery]);
  useEffect(() => gallery.hold(open || removing !== null), [gallery, open, removing]);
  useFocusBack(removing !== null);

  const filterBy = useCallback(
    (filter: GalleryFilter): void => {
      tiles.current?.toTop();
      gallery.setFilter(filter);
    },
    [gallery],
  );
  useEffect(() => {
    if (words === gallery.get().filter.words) return;
    const timer = setTimeout(() => filterBy({ ...gallery.get().filter, words }), typingMs);
    return () => clearTimeout(timer);
  }, [words, gallery, filterBy]);

  const clear = (): void => {
    setWords('');
    filterBy(noFilter);
  };
  const nameAt = (index: number): GalleryName | null => {
    const entry = gallery.entryAt(index);
    if (!entry) return null;
    const { key, sha256, mediaType, prompt, seed } = entry;
    return { key, sha256, mediaType, prompt, seed };
  };
  /** The chosen pictures where the one in question is among them, else that one alone. */
  const meant = (index: number): GalleryName[] => {
    const one = nameAt(index);
    if (!one) return [...selection.values()];
    return selection.has(one.key) ? [...selection.values()] : [one];
  };
  const actions = createGalleryActions({
    editor,
    shell,
    api,
    onLeave: onClose,
    back: () => ({
      type: 'gallery',
      view: { filter: gallery.get().filter, top: gallery.get().top, at, selection, open },
    }),
  });

  function select(indexes: readonly number[], isSelected: (key: string) => boolean): void {
    setSelection((before) => {
      const after = new Map(before);
      for (const index of indexes) {
        const name = nameAt(index);
        if (!name) continue;
        if (isSelected(name.key)) after.set(name.key, name);
        else after.delete(name.key);
      }
      return after;
    });
  }

  async function selectAll(): Promise<void> {
    const names = await api.names(gallery.get().filter);
    setSelection(new Map(names.map((name) => [name.key, name])));
  }

  function rate(names: readonly GalleryName[], rating: number): void {
    void actions.rate(names, rating);
  }

  /** What works on tiles and in the large view alike. */
  function act(event: KeyboardEvent): boolean {
    const { key } = event;
    const names = meant(at);
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (/^[0-5]$/.test(key)) rate(open ? names.slice(0, 1) : names, Number(key));
    else if (key === 'Delete' || key === 'Backspace') setRemoving(open ? meantAlone() : names);
    else if (key === 'c') actions.compare(names);
    else if (key === 'u') void actions.useAsInput(open ? meantAlone() : names);
    else if (key === '/' && !open) search.current?.focus();
    else return false;
    event.preventDefault();
    return true;
  }
  const meantAlone = (): GalleryName[] => {
    const one = nameAt(at);
    return one ? [one] : [];
  };

  function onEscape(event: Event): void {
    if (words !== '' && search.current === document.activeElement) {
      event.preventDefault();
      setWords('');
    } else if (filtersOpen) {
      event.preventDefault();
      setFiltersOpen(false);
    } else if (selection.size > 0) {
      event.preventDefault();
      setSelection(new Map());
    }
  }

  const chips = chipsOf(state.filter);
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.gallery}
          aria-describedby={undefined}
          onOpenAutoFocus={focusItself}
          onEscapeKeyDown={onEscape}
          onKeyDown={(event) =>
            event.target === event.currentTarget && event.key !== 'Tab' && tiles.current?.press(event)
          }
        >
          <GalleryBar
            search={search}
            words={words}
            onWords={setWords}
            onDown={() => tiles.current?.focus()}
            total={state.pages.size === 0 && state.status === 'loading' ? null : state.total}
            busy={state.status === 'loading'}
            filters={chips.length}
            filtersOpen={filtersOpen}
            onFilters={() => setFiltersOpen((isOpen) => !isOpen)}
          />
          {chips.length > 0 && (
            <ul className={styles.chips} aria-label="Filtered by">
              {chips.map(({ label, without }) => (
                <li key={label}>
                  <button type="button" className={styles.chip} onClick={() => filterBy(without)}>
                    <span>{label}</span>
                    <X size={13} aria-label="Remove this filter" />
                  </button>
                </li>
              ))}
              <li>
                <button type="button" className={ui.plain} onClick={clear}>
                  Clear all
                </button>
              </li>
            </ul>
          )}
          <div className={styles.middle}>
            {(!narrow || filtersOpen) && (
              <Filters
                filter={state.filter}
                facets={state.facets}
                onFilter={filterBy}
                onDone={narrow ? () => setFiltersOpen(false) : null}
                total={state.total}
              />
            )}
            <div className={styles.field}>
              <GalleryNotices
                state={state}
                removed={removed}
                onPutBack={(trash) => {
                  setRemoved(null);
                  void actions.putBack(trash).then(() => gallery.refresh());
                }}
                onAway={() => setRemoved(null)}
                onAgain={() => void gallery.refresh()}
                onNewest={() => {
                  tiles.current?.toTop();
                  void gallery.reload();
                }}
              />
              <Tiles
                ref={tiles}
                state={state}
                entryAt={gallery.entryAt}
                onNeed={gallery.need}
                at={at}
                onAt={gallery.moveTo}
                onScrolled={gallery.scrolled}
                selection={selection}
                onSelect={select}
                onSelectAll={() => void selectAll().catch(shell.tellError)}
                onOpen={(index) => {
                  gallery.moveTo(index);
                  setOpen(true);
                }}
                onKey={act}
                empty={
                  <GalleryEmpty
                    failure={state.status === 'failed' ? (state.message ?? '') : null}
                    isNarrowed={words.trim() !== '' || isFiltered(state.filter)}
                    onAgain={() => void gallery.reload()}
                    onClear={clear}
                    onLeave={onClose}
                  />
                }
              />
              {selection.size > 0 && (
                <SelectionBar
                  names={[...selection.values()]}
                  total={state.total}
                  actions={actions}
                  onAll={() => void selectAll().catch(shell.tellError)}
                  onClear={() => {
                    setSelection(new Map());
                    tiles.current?.focus();
                  }}
                  onRemove={() => setRemoving([...selection.values()])}
                />
              )}
            </div>
          </div>
          {open && (
            <Lightbox
              at={at}
              total={state.total}
              entryAt={gallery.entryAt}
              onNeed={gallery.need}
              onAt={gallery.moveTo}
              isSelected={(key) => selection.has(key)}
              onToggle={() => select([at], (key) => !selection.has(key))}
              onKey={act}
              onRate={(rating) => rate(meantAlone(), rating)}
              onRemove={() => setRemoving(meantAlone())}
              onUse={() => void actions.useAsInput(meantAlone())}
              onLeave={onClose}
              onClose={() => setOpen(false)}
              onClosed={() => tiles.current?.focus()}
            />
          )}
          {removing && (
            <RemoveDialog
              names={removing}
              onClose={() => setRemoving(null)}
              onRemoved={(outcome) => {
                setRemoving(null);
                setOpen(false);
                setSelection(new Map());
                setRemoved(outcome);
                void gallery.refresh();
                tiles.current?.focus();
              }}
            />
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
