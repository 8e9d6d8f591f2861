import { Eye, Info, Maximize, RotateCcw, SquareSplitHorizontal, X, ZoomIn, ZoomOut } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { DownloadButton } from '../provenance/DownloadButton.tsx';
import type { Downloaded } from '../provenance/download.ts';
import { AxisSteps, type AxisStep } from './AxisSteps.tsx';
import { IconButton, tip } from './IconButton.tsx';
import ui from './ui.module.css';
import type { useStage } from './use-stage.ts';
import styles from './Viewer.module.css';

type Props = {
  title: string;
  label: string;
  place: { index: number; count: number } | null;
  steps: readonly AxisStep[];
  onStep: (axis: string, by: number) => void;
  /** Null while there is nothing to compare. */
  onCompareWith: (() => void) | null;
  /** Null where there is nothing to be made once more. */
  onNewTake: (() => void) | null;
  stage: ReturnType<typeof useStage>;
  /** What is saved as a file; null while there is no picture. */
  saved: (() => Downloaded) | null;
  canCompare: boolean;
  comparing: boolean;
  onCompare: (comparing: boolean) => void;
  panel: boolean;
  onPanel: () => void;
};

export function ViewerBar(props: Props) {
  const { title, label, place, steps, onStep, onCompareWith, onNewTake } = props;
  const { stage, saved, canCompare, comparing, onCompare, panel, onPanel } = props;
  const { view, zoomTo, fit } = stage;
  return (
    <header className={styles.bar}>
      <div className={styles.names}>
        <Dialog.Title className={styles.title}>{title}</Dialog.Title>
        {label && <span className={styles.label}>{label}</span>}
      </div>
      {place && (
        <div className={styles.place}>
          <AxisSteps steps={steps} onStep={onStep} />
          <span className={styles.number}>
            {(place.index + 1).toLocaleString('en')} / {place.count.toLocaleString('en')}
          </span>
        </div>
      )}
      <div className={styles.tools}>
        <span className={styles.zooms}>
          <IconButton label="Zoom out (-)" onClick={() => zoomTo((zoom) => zoom / 1.25)}>
            <ZoomOut size={16} aria-hidden />
          </IconButton>
          <button
            type="button"
            className={styles.zoom}
            onClick={() => zoomTo(() => 1)}
            aria-label={`Zoom ${Math.round(view.zoom * 100)} %. Press for 100 %`}
            {...tip('To 100 % (1)')}
          >
            {Math.round(view.zoom * 100)} %
          </button>
          <IconButton label="Zoom in (+)" onClick={() => zoomTo((zoom) => zoom * 1.25)}>
            <ZoomIn size={16} aria-hidden />
          </IconButton>
          <IconButton label="Fit (0)" onClick={fit}>
            <Maximize size={15} aria-hidden />
          </IconButton>
        </span>
        {canCompare && (
          <IconButton label="Show the original (hold O)" aria-pressed={comparing} onClick={() => onCompare(!comparing)}>
            <Eye size={16} aria-hidden />
          </IconButton>
        )}
        {onCompareWith && (
          <IconButton label="Compare… (C)" onClick={onCompareWith}>
            <SquareSplitHorizontal size={16} aria-hidden />
          </IconButton>
        )}
        {onNewTake && (
          <IconButton label="New take…" onClick={onNewTake}>
            <RotateCcw size={15} aria-hidden />
          </IconButton>
        )}
        <IconButton label="How it was made (I)" aria-pressed={panel} onClick={onPanel}>
          <Info size={16} aria-hidden />
        </IconButton>
        {saved && <DownloadButton icon what={saved} />}
        <Dialog.Close className={ui.icon} aria-label="Close" {...tip('Close (Esc)')}>
          <X size={18} aria-hidden />
        </Dialog.Close>
      </div>
    </header>
  );
}
