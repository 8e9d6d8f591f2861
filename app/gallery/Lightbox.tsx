import { Dialog } from 'radix-ui';
import { lazy, Suspense, useEffect, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { pictureUrl } from '../../graphs/artifact.ts';
import { focusItself } from '../panels/focus-itself.ts';
import { isNarrow } from '../panels/use-media.ts';
import { useStage } from '../panels/use-stage.ts';
import viewer from '../panels/Viewer.module.css';
import styles from './Gallery.module.css';
import type { GalleryStore } from './gallery-store.ts';
import { LightboxBar } from './LightboxBar.tsx';
import { LightboxStage } from './LightboxStage.tsx';
import type { Selection } from './use-selection.ts';

const MadePanel = lazy(() => import('../provenance/MadePanel.tsx'));

type Props = {
  gallery: GalleryStore;
  selection: Selection;
  onToggle: () => void;
  /** True where the key was taken. */
  onKey: (event: KeyboardEvent) => boolean;
  onRate: (rating: number) => void;
  onRemove: () => void;
  onUse: () => void;
  /** The graph comes to the fore. */
  onLeave: () => void;
  onClose: () => void;
  /** It is gone: the focus goes elsewhere. */
  onClosed: () => void;
};

/** One picture of the gallery as large as it gets, its neighbours a key away, and how it was made. */
export function Lightbox(props: Props) {
  const { gallery, selection, onToggle, onKey, onRate, onRemove, onUse, onLeave, onClose, onClosed } = props;
  const at = useStore(gallery.store, (state) => state.at);
  const total = useStore(gallery.store, (state) => state.total);
  const entry = useStore(gallery.store, () => gallery.entryAt(at));
  const [panel, setPanel] = useState(() => !isNarrow());
  const [gone, setGone] = useState<string | null>(null);
  const stage = useStage(entry ?? null);
  const { fit } = stage;
  const isHere = entry !== undefined && entry.here && gone !== entry.sha256;

  useEffect(() => gallery.need(Math.max(0, at - 3), at + 3), [gallery, at]);
  useEffect(() => fit(), [entry?.key, fit]);
  // The neighbours are fetched while this one is looked at.
  useEffect(() => {
    for (const index of [at + 1, at - 1]) {
      const neighbour = gallery.entryAt(index);
      if (neighbour?.here) new Image().src = pictureUrl(neighbour.sha256);
    }
  }, [gallery, at, entry]);

  const step = (by: number): void => gallery.moveTo(Math.min(Math.max(at + by, 0), total - 1));
  const togglePanel = (): void => setPanel((isOpen) => !isOpen);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement) return;
    const isOnButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
    const act = {
      ArrowLeft: () => step(-1),
      ArrowRight: () => step(1),
      ArrowUp: () => step(-1),
      ArrowDown: () => step(1),
      Home: () => gallery.moveTo(0),
      End: () => gallery.moveTo(total - 1),
      '+': () => stage.zoomTo((zoom) => zoom * 1.25),
      '=': () => stage.zoomTo((zoom) => zoom * 1.25),
      '-': () => stage.zoomTo((zoom) => zoom / 1.25),
      '.': fit,
      z: () => stage.zoomTo(() => 1),
      i: togglePanel,
      ...(isOnButton ? {} : { ' ': onToggle }),
    }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!act) return void onKey(event);
    event.preventDefault();
    act();
  }

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          className={`${viewer.viewer} ${styles.lightbox}`}
          aria-describedby={undefined}
          onOpenAutoFocus={focusItself}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          onKeyDown={onKeyDown}
        >
          <LightboxBar
            entry={entry}
            isHere={isHere}
            at={at}
            total={total}
            stage={stage}
            isSelected={entry !== undefined && selection.has(entry.key)}
            hasPanel={panel}
            onStep={step}
            onToggle={onToggle}
            onPanel={togglePanel}
            onRate={onRate}
            onRemove={onRemove}
            onUse={onUse}
          />
          <div className={`${viewer.middle} ${styles.lightMiddle}`}>
            <LightboxStage entry={entry} isHere={isHere} stage={stage} onStep={step} onGone={setGone} />
            {panel && entry && (
              <Suspense fallback={<aside className={styles.panel} aria-busy />}>
                <MadePanel key={entry.key} jobKey={entry.key} onLeave={onLeave} />
              </Suspense>
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
