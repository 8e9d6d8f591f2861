import { Check, ChevronLeft, ChevronRight, ImagePlus, Info, Maximize, Trash2, X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { GalleryEntry } from '../gallery-wire.ts';
import { IconButton, tip } from '../panels/IconButton.tsx';
import ui from '../panels/ui.module.css';
import type { Stage } from '../panels/use-stage.ts';
import viewer from '../panels/Viewer.module.css';
import { downloadOfKey } from '../provenance/download-made.ts';
import { DownloadButton } from '../provenance/DownloadButton.tsx';
import { useEditor } from '../use-editor.ts';
import styles from './Gallery.module.css';
import { Stars } from './Stars.tsx';
import { countWords } from './words.ts';

type Props = {
  entry: GalleryEntry | undefined;
  isHere: boolean;
  at: number;
  total: number;
  stage: Pick<Stage, 'view' | 'zoomTo' | 'fit'>;
  isSelected: boolean;
  hasPanel: boolean;
  onStep: (by: number) => void;
  onToggle: () => void;
  onPanel: () => void;
  onRate: (rating: number) => void;
  onRemove: () => void;
  onUse: () => void;
};

/** What can be done with the picture that is shown large; on a narrow screen its tools lie below the picture. */
export function LightboxBar(props: Props) {
  const { entry, isHere, at, total, stage, isSelected, hasPanel, onStep, onToggle, onPanel, onRate, onRemove, onUse } =
    props;
  const editor = useEditor();
  const zoom = Math.round(stage.view.zoom * 100);
  return (
    <header className={`${viewer.bar} ${styles.lightBar}`}>
      <div className={viewer.names}>
        <Dialog.Title className={viewer.title}>{entry?.prompt ?? 'Picture'}</Dialog.Title>
      </div>
      <div className={viewer.place}>
        <IconButton label="Previous (←)" inactive={at === 0} onClick={() => onStep(-1)}>
          <ChevronLeft size={17} aria-hidden />
        </IconButton>
        <span>
          {countWords(at + 1)} / {countWords(total)}
        </span>
        <IconButton label="Next (→)" inactive={at >= total - 1} onClick={() => onStep(1)}>
          <ChevronRight size={17} aria-hidden />
        </IconButton>
      </div>
      <div className={`${viewer.tools} ${styles.lightTools}`}>
        {entry && <Stars rating={entry.rating} onRate={onRate} />}
        <span className={viewer.zooms}>
          <IconButton label="Zoom out (-)" onClick={() => stage.zoomTo((now) => now / 1.25)}>
            <ZoomOut size={16} aria-hidden />
          </IconButton>
          <button
            type="button"
            className={viewer.zoom}
            onClick={() => stage.zoomTo(() => 1)}
            aria-label={`Zoom ${zoom} %. Press for 100 %`}
            {...tip('To 100 % (Z)')}
          >
            {zoom} %
          </button>
          <IconButton label="Zoom in (+)" onClick={() => stage.zoomTo((now) => now * 1.25)}>
            <ZoomIn size={16} aria-hidden />
          </IconButton>
          <IconButton label="Fit (.)" onClick={stage.fit}>
            <Maximize size={15} aria-hidden />
          </IconButton>
        </span>
        <IconButton
          label={isSelected ? 'Take out of the choice (Space)' : 'Choose (Space)'}
          aria-pressed={isSelected}
          onClick={onToggle}
        >
          <Check size={16} aria-hidden />
        </IconButton>
        <IconButton label="Use as input (U)" inactive={!isHere} onClick={onUse}>
          <ImagePlus size={16} aria-hidden />
        </IconButton>
        <IconButton label="How it was made (I)" aria-pressed={hasPanel} onClick={onPanel}>
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
  );
}
