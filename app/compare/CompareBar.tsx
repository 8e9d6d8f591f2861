import {
  Blend,
  Columns2,
  Contrast,
  FileDiff,
  Maximize,
  Pause,
  Play,
  SeparatorHorizontal,
  SeparatorVertical,
  SkipForward,
  SquareSplitHorizontal,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { Dialog, RadioGroup } from 'radix-ui';
import { IconButton, tip } from '../panels/IconButton.tsx';
import ui from '../panels/ui.module.css';
import type { useStage } from '../panels/use-stage.ts';
import styles from './CompareBar.module.css';
import { modes, type Mode } from './modes.ts';
import { LONGEST_BLINK, SHORTEST_BLINK, type Blink } from './use-blink.ts';

type Props = {
  mode: Mode;
  onMode: (mode: Mode) => void;
  vertical: boolean;
  onVertical: () => void;
  blink: Blink;
  stage: ReturnType<typeof useStage>;
  panel: boolean;
  onPanel: () => void;
};

const icons = { slider: SquareSplitHorizontal, side: Columns2, blink: Blend, difference: Contrast };

/** How to look: the mode and what belongs to it, the zoom, and what differs. */
export function CompareBar({ mode, onMode, vertical, onVertical, blink, stage, panel, onPanel }: Props) {
  const { view, zoomTo, fit } = stage;
  const percent = Math.round(view.zoom * 100);
  return (
    <header className={styles.bar}>
      <Dialog.Title className={styles.title}>Compare</Dialog.Title>
      <div className={styles.ways}>
        <RadioGroup.Root
          className={styles.modes}
          orientation="horizontal"
          aria-label="How to compare"
          value={mode}
          onValueChange={(value) => onMode(value as Mode)}
        >
          {modes.map(({ id, title, key }) => {
            const Icon = icons[id];
            return (
              <RadioGroup.Item
                key={id}
                value={id}
                className={styles.mode}
                aria-label={title}
                // The group itself misses a key that was let go before the focus has moved, on a busy machine.
                onFocus={({ relatedTarget }) => isAnother(relatedTarget) && onMode(id)}
                {...tip(`${title} (${key.toUpperCase()})`)}
              >
                <Icon size={15} aria-hidden />
                <span>{title}</span>
              </RadioGroup.Item>
            );
          })}
        </RadioGroup.Root>
        {mode === 'slider' && (
          <IconButton
            label={vertical ? 'Divide from top to bottom (V)' : 'Divide from left to right (V)'}
            onClick={onVertical}
          >
            {vertical ? <SeparatorHorizontal size={16} aria-hidden /> : <SeparatorVertical size={16} aria-hidden />}
          </IconButton>
        )}
        {mode === 'blink' && <BlinkTools blink={blink} />}
      </div>
      <div className={styles.tools}>
        <span className={styles.zooms}>
          <IconButton label="Zoom out (-)" onClick={() => zoomTo((zoom) => zoom / 1.25)}>
            <ZoomOut size={16} aria-hidden />
          </IconButton>
          <button
            type="button"
            className={styles.zoom}
            onClick={() => zoomTo(() => 1)}
            aria-label={`Zoom ${percent} %. Press for 100 %`}
            {...tip('To 100 % (1)')}
          >
            {percent} %
          </button>
          <IconButton label="Zoom in (+)" onClick={() => zoomTo((zoom) => zoom * 1.25)}>
            <ZoomIn size={16} aria-hidden />
          </IconButton>
        </span>
        <IconButton label="Fit (0)" onClick={fit}>
          <Maximize size={15} aria-hidden />
        </IconButton>
        <IconButton label="What differs (I)" aria-pressed={panel} onClick={onPanel}>
          <FileDiff size={16} aria-hidden />
        </IconButton>
        <Dialog.Close className={ui.icon} aria-label="Close" {...tip('Close (Esc)')}>
          <X size={18} aria-hidden />
        </Dialog.Close>
      </div>
    </header>
  );
}

/** The focus came from another way to look: an arrow key chooses. */
const isAnother = (from: EventTarget | null): boolean => from instanceof Element && from.role === 'radio';

function BlinkTools({ blink }: { blink: Blink }) {
  const { held, toggle, next, seconds, setSeconds } = blink;
  const words = `${seconds.toFixed(1)} s each`;
  return (
    <span className={styles.blink}>
      <IconButton label={held ? 'Go on (Space)' : 'Hold (Space)'} onClick={toggle}>
        {held ? <Play size={15} aria-hidden /> : <Pause size={15} aria-hidden />}
      </IconButton>
      <IconButton label="Hold the next one (Enter)" onClick={next}>
        <SkipForward size={15} aria-hidden />
      </IconButton>
      <input
        type="range"
        min={SHORTEST_BLINK}
        max={LONGEST_BLINK}
        step={0.1}
        value={seconds}
        aria-label="How long each picture is shown"
        aria-valuetext={words}
        // Its arrows are its own: they do not step along an axis too.
        onKeyDown={(event) => event.key.startsWith('Arrow') && event.stopPropagation()}
        onChange={(event) => setSeconds(event.target.valueAsNumber)}
      />
      <output className={styles.seconds}>{words}</output>
    </span>
  );
}
