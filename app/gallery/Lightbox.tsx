import {
  Check,
  ChevronLeft,
  ChevronRight,
  ImageOff,
  ImagePlus,
  Info,
  Maximize,
  Trash2,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { Dialog } from 'radix-ui';
import { lazy, Suspense, useEffect, useState, type KeyboardEvent } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { GalleryEntry } from '../gallery-wire.ts';
import { focusItself } from '../panels/focus-itself.ts';
import { IconButton, tip } from '../panels/IconButton.tsx';
import ui from '../panels/ui.module.css';
import { isNarrow } from '../panels/use-media.ts';
import { transformOf, useStage } from '../panels/use-stage.ts';
import { downloadOfKey } from '../provenance/download-made.ts';
import { DownloadButton } from '../provenance/DownloadButton.tsx';
import { useEditor } from '../use-editor.ts';
import viewer from '../panels/Viewer.module.css';
import styles from './Gallery.module.css';
import { Stars } from './Stars.tsx';
import { countWords } from './words.ts';

const MadePanel = lazy(() => import('../provenance/MadePanel.tsx'));

type Props = {
  at: number;
  total: number;
  entryAt: (index: number) => GalleryEntry | undefined;
  onNeed: (first: number, last: number) => void;
  onAt: (index: number) => void;
  isSelected: (key: string) => boolean;
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
  const {
    at,
    total,
    entryAt,
    onNeed,
    onAt,
    isSelected,
    onToggle,
    onKey,
    onRate,
    onRemove,
    onUse,
    onLeave,
    onClose,
    onClosed,
  } = props;
  const editor = useEditor();
  const [panel, setPanel] = useState(() => !isNarrow());
  const [gone, setGone] = useState<string | null>(null);
  const [swipe, setSwipe] = useState<number | null>(null);
  const entry = entryAt(at);
  const stage = useStage(entry ?? null);
  const { fit } = stage;
  const selected = entry !== undefined && isSelected(entry.key);

  useEffect(() => onNeed(Math.max(0, at - 3), at + 3), [at, onNeed]);
  useEffect(() => fit(), [entry?.key, fit]);
  // The neighbours are fetched while this one is looked at.
  useEffect(() => {
    for (const index of [at + 1, at - 1]) {
      const neighbour = entryAt(index);
      if (neighbour?.here) new Image().src = pictureUrl(neighbour.sha256);
    }
  }, [at, entryAt, entry]);

  const step = (by: number): void => onAt(Math.min(Math.max(at + by, 0), total - 1));

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement) return;
    const isOnButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
    const act = {
      ArrowLeft: () => step(-1),
      ArrowRight: () => step(1),
      ArrowUp: () => step(-1),
      ArrowDown: () => step(1),
      Home: () => onAt(0),
      End: () => onAt(total - 1),
      '+': () => stage.zoomTo((zoom) => zoom * 1.25),
      '=': () => stage.zoomTo((zoom) => zoom * 1.25),
      '-': () => stage.zoomTo((zoom) => zoom / 1.25),
      '.': fit,
      z: () => stage.zoomTo(() => 1),
      i: () => setPanel((isOpen) => !isOpen),
      ...(isOnButton ? {} : { ' ': onToggle }),
    }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!act) return void onKey(event);
    event.preventDefault();
    act();
  }

  const isHere = entry?.here && gone !== entry.sha256;
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
          <header className={`${viewer.bar} ${styles.lightBar}`}>
            <div className={viewer.names}>
              <Dialog.Title className={viewer.title}>{entry?.prompt ?? 'Picture'}</Dialog.Title>
            </div>
            <div className={viewer.place}>
              <IconButton label="Previous (←)" inactive={at === 0} onClick={() => step(-1)}>
                <ChevronLeft size={17} aria-hidden />
              </IconButton>
              <span>
                {countWords(at + 1)} / {countWords(total)}
              </span>
              <IconButton label="Next (→)" inactive={at >= total - 1} onClick={() => step(1)}>
                <ChevronRight size={17} aria-hidden />
              </IconButton>
            </div>
            <div className={`${viewer.tools} ${styles.lightTools}`}>
              {entry && <Stars rating={entry.rating} onRate={onRate} />}
              <span className={viewer.zooms}>
                <IconButton label="Zoom out (-)" onClick={() => stage.zoomTo((zoom) => zoom / 1.25)}>
                  <ZoomOut size={16} aria-hidden />
                </IconButton>
                <button
                  type="button"
                  className={viewer.zoom}
                  onClick={() => stage.zoomTo(() => 1)}
                  aria-label={`Zoom ${Math.round(stage.view.zoom * 100)} %. Press for 100 %`}
                  {...tip('To 100 % (Z)')}
                >
                  {Math.round(stage.view.zoom * 100)} %
                </button>
                <IconButton label="Zoom in (+)" onClick={() => stage.zoomTo((zoom) => zoom * 1.25)}>
                  <ZoomIn size={16} aria-hidden />
                </IconButton>
                <IconButton label="Fit (.)" onClick={fit}>
                  <Maximize size={15} aria-hidden />
                </IconButton>
              </span>
              <IconButton
                label={selected ? 'Take out of the choice (Space)' : 'Choose (Space)'}
                aria-pressed={selected}
                onClick={onToggle}
              >
                <Check size={16} aria-hidden />
              </IconButton>
              <IconButton label="Use as input (U)" inactive={!isHere} onClick={onUse}>
                <ImagePlus size={16} aria-hidden />
              </IconButton>
              <IconButton
                label="How it was made (I)"
                aria-pressed={panel}
                onClick={() => setPanel((isOpen) => !isOpen)}
              >
                <Info size={16} aria-hidden />
              </IconButton>
              {entry && isHere && <DownloadButton icon what={() => downloadOfKey(editor, entry.key)} />}
              <IconButton label="Remove… (Del)" inactive={!isHere} onClick={onRemove}>
                <Trash2 size={16} aria-hidden />
              </IconButton>
            </div>
            <Dialog.Close
              className={`${ui.icon} ${styles.close}`}
              aria-label="Back to the gallery"
              {...tip('Back to the gallery (Esc)')}
            >
              <X size={18} aria-hidden />
            </Dialog.Close>
          </header>
          <div className={`${viewer.middle} ${styles.lightMiddle}`}>
            <div
              className={viewer.stage}
              {...stage.stageProps}
              onPointerDownCapture={(event) =>
                setSwipe(event.pointerType === 'touch' && stage.isFitted ? event.clientX : null)
              }
              onPointerUpCapture={(event) => {
                const by = swipe === null ? 0 : event.clientX - swipe;
                setSwipe(null);
                if (Math.abs(by) > 60) step(by < 0 ? 1 : -1);
              }}
            >
              {entry && isHere ? (
                <img
                  key={entry.sha256}
                  className={viewer.picture}
                  src={pictureUrl(entry.sha256)}
                  alt={entry.prompt}
                  width={entry.width}
                  height={entry.height}
                  draggable={false}
                  data-pixels={stage.view.zoom >= 3}
                  style={{
                    transform: transformOf(stage.view),
                    // The small one, which is here already, until the whole one is.
                    ...(entry.mediaType === 'image/jpeg' && {
                      backgroundImage: `url(${pictureUrl(entry.sha256, 'large')})`,
                      backgroundSize: '100% 100%',
                    }),
                  }}
                  onError={() => setGone(entry.sha256)}
                />
              ) : (
                <div className={viewer.status} role="status">
                  {entry ? (
                    <>
                      <ImageOff size={28} aria-hidden className={styles.missing} />
                      <strong>This picture is not here any more</strong>
                      <p>It was removed, or its file is missing. If it lies in the trash, Storage… puts it back.</p>
                    </>
                  ) : (
                    <strong>Looking it up…</strong>
                  )}
                </div>
              )}
            </div>
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
