import { Dialog } from 'radix-ui';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { GalleryFilter, GalleryName } from '../gallery-wire.ts';
import { focusItself } from '../panels/focus-itself.ts';
import { useShell } from '../panels/shell.ts';
import { useNarrow } from '../panels/use-media.ts';
import { useFocusBack } from '../panels/use-focus-back.ts';
import { createGalleryApi } from '../services/gallery-api.ts';
import { useEditor } from '../use-editor.ts';
import { Filters } from './Filters.tsx';
import { GalleryBar } from './GalleryBar.tsx';
import { GalleryChips } from './GalleryChips.tsx';
import { GalleryEmpty } from './GalleryEmpty.tsx';
import { GalleryNotices, type Removed } from './GalleryNotices.tsx';
import styles from './Gallery.module.css';
import { createGalleryActions } from './gallery-actions.ts';
import { pressKey } from './gallery-keys.ts';
import { createGalleryStore } from './gallery-store.ts';
import { Lightbox } from './Lightbox.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { Tiles, type TilesHandle } from './Tiles.tsx';
import { useSelection } from './use-selection.ts';
import { noFilter, type GalleryView } from './view.ts';

type Props = { view?: GalleryView | undefined; onClose: () => void };

/**
 * All pictures ever made: found by words and filters, looked at, rated, compared, saved and removed. What is found goes
 * from the store straight to those who show it, so that a letter typed draws nothing twice.
 */
export default function Gallery({ view, onClose }: Props) {
  const editor = useEditor();
  const shell = useShell();
  const narrow = useNarrow();
  const api = useMemo(() => createGalleryApi(editor.api), [editor]);
  const tiles = useRef<TilesHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const [gallery] = useState(() =>
    createGalleryStore({ api, filter: view?.filter ?? noFilter, top: view?.top ?? null, at: view?.at ?? 0 }),
  );
  const chosen = useSelection(gallery, api, view?.selection);
  const { selection } = chosen;
  const [open, setOpen] = useState(view?.open ?? false);
  const [removing, setRemoving] = useState<readonly GalleryName[] | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  const [filtersOpen, setFiltersOpen] = useState(false);

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

  function filterBy(change: Partial<GalleryFilter>): void {
    tiles.current?.toTop();
    gallery.setFilter({ ...gallery.get().filter, ...change });
  }
  const clear = (): void => filterBy(noFilter);
  const selectAll = (): void => void chosen.selectAll().catch(shell.tellError);
  const actions = createGalleryActions({
    editor,
    shell,
    api,
    onLeave: onClose,
    back: () => {
      const { filter, top, at } = gallery.get();
      return { type: 'gallery', view: { filter, top, at, selection, open } };
    },
  });

  /** What works on tiles and in the large view alike: there for the one that is seen, else for all that are chosen. */
  function press(event: KeyboardEvent): boolean {
    const names = open ? chosen.current() : chosen.meant();
    return pressKey(event, {
      rate: (stars) => void actions.rate(names, stars),
      remove: () => setRemoving(names),
      compare: () => actions.compare(chosen.meant()),
      useAsInput: () => void actions.useAsInput(names),
      search: open ? null : () => search.current?.focus(),
    });
  }

  function onEscape(event: Event): void {
    if (gallery.get().filter.words !== '' && search.current === document.activeElement) filterBy({ words: '' });
    else if (filtersOpen) setFiltersOpen(false);
    else if (selection.size > 0) chosen.selectNone();
    else return;
    event.preventDefault();
  }

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
            gallery={gallery}
            search={search}
            onWords={(words) => filterBy({ words })}
            onDown={() => tiles.current?.focus()}
            filtersOpen={filtersOpen}
            onFilters={() => setFiltersOpen((isOpen) => !isOpen)}
          />
          <GalleryChips gallery={gallery} onFilter={filterBy} onClear={clear} />
          <div className={styles.middle}>
            {(!narrow || filtersOpen) && (
              <Filters gallery={gallery} onFilter={filterBy} onDone={narrow ? () => setFiltersOpen(false) : null} />
            )}
            <div className={styles.field}>
              <GalleryNotices
                gallery={gallery}
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
                gallery={gallery}
                selection={selection}
                onSelect={chosen.select}
                onSelectAll={selectAll}
                onOpen={(index) => {
                  gallery.moveTo(index);
                  setOpen(true);
                }}
                onKey={press}
                empty={
                  <GalleryEmpty
                    gallery={gallery}
                    onAgain={() => void gallery.reload()}
                    onClear={clear}
                    onLeave={onClose}
                  />
                }
              />
              {selection.size > 0 && (
                <SelectionBar
                  gallery={gallery}
                  names={[...selection.values()]}
                  actions={actions}
                  onAll={selectAll}
                  onClear={() => {
                    chosen.selectNone();
                    tiles.current?.focus();
                  }}
                  onRemove={() => setRemoving([...selection.values()])}
                />
              )}
            </div>
          </div>
          {open && (
            <Lightbox
              gallery={gallery}
              selection={selection}
              onToggle={() => chosen.select([gallery.get().at], (key) => !selection.has(key))}
              onKey={press}
              onRate={(rating) => void actions.rate(chosen.current(), rating)}
              onRemove={() => setRemoving(chosen.current())}
              onUse={() => void actions.useAsInput(chosen.current())}
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
                chosen.selectNone();
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
