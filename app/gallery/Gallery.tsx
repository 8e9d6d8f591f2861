import { ArrowUp, LoaderCircle, X } from 'lucide-react';
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
import styles from './Gallery.module.css';
import { createGalleryActions } from './gallery-actions.ts';
import { createGalleryStore } from './gallery-store.ts';
import { Lightbox } from './Lightbox.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { Tiles, type TilesHandle } from './Tiles.tsx';
import { isFiltered, noFilter, type GalleryView } from './view.ts';
import { chipsOf, countWords, picturesWords } from './words.ts';

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
  const [removed, setRemoved] = useState<{ trash: string; count: number } | null>(null);
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
  const isNarrowed = words.trim() !== '' || isFiltered(state.filter);
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
              {state.rebuilding && (
                <p className={styles.notice} role="status">
                  <LoaderCircle size={14} className={styles.spin} aria-hidden /> The list of all pictures is made anew
                  from the job book: {countWords(state.rebuilding.done)} of {countWords(state.rebuilding.of)} changes
                  are read.
                </p>
              )}
              {removed && (
                <p className={styles.notice} role="status">
                  {picturesWords(removed.count)} {removed.count === 1 ? 'is' : 'are'} in the trash for 30 days.
                  <button
                    type="button"
                    className={ui.button}
                    onClick={() => {
                      setRemoved(null);
                      void actions.putBack(removed.trash).then(() => gallery.refresh());
                    }}
                  >
                    Put back
                  </button>
                  <button
                    type="button"
                    className={ui.icon}
                    aria-label="Put this message away"
                    onClick={() => setRemoved(null)}
                  >
                    <X size={15} aria-hidden />
                  </button>
                </p>
              )}
              {state.message && state.pages.size > 0 && (
                <p className={styles.notice} role="alert">
                  {state.message}
                  <button type="button" className={ui.button} onClick={() => void gallery.refresh()}>
                    Try again
                  </button>
                </p>
              )}
              {state.newer > 0 && (
                <button
                  type="button"
                  className={styles.newer}
                  onClick={() => {
                    tiles.current?.toTop();
                    void gallery.reload();
                  }}
                >
                  <ArrowUp size={14} aria-hidden /> {picturesWords(state.newer)} more since
                </button>
              )}
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
                  state.status === 'failed' ? (
                    <div className={styles.empty} role="alert">
                      <strong>The gallery could not be opened</strong>
                      <p>{state.message}</p>
                      <button type="button" className={ui.button} onClick={() => void gallery.reload()}>
                        Try again
                      </button>
                    </div>
                  ) : isNarrowed ? (
                    <div className={styles.empty}>
                      <strong>No picture was found</strong>
                      <p>Words are looked for in the prompts, each from its beginning; all of them have to be there.</p>
                      <button type="button" className={ui.button} onClick={clear}>
                        Show all pictures
                      </button>
                    </div>
                  ) : (
                    <div className={styles.empty}>
                      <strong>No pictures yet</strong>
                      <p>
                        Every picture that an edit makes is found here from then on: whichever graph made it, and also
                        after that graph is gone.
                      </p>
                      <button type="button" className={ui.button} onClick={onClose}>
                        Back to the graph
                      </button>
                    </div>
                  )
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
