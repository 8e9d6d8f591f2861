import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { GalleryEntry } from '../gallery-wire.ts';
import { transformOf, type Stage } from '../panels/use-stage.ts';
import viewer from '../panels/Viewer.module.css';
import styles from './Gallery.module.css';

type Props = {
  /** Undefined while it is looked up. */
  entry: GalleryEntry | undefined;
  isHere: boolean;
  stage: Stage;
  onStep: (by: number) => void;
  /** Its file could not be shown. */
  onGone: (sha256: string) => void;
};

/** So far a finger has to go for the next picture. */
const swipePixels = 60;

/** The picture itself, to be zoomed, moved and swiped away; or why there is none. */
export function LightboxStage({ entry, isHere, stage, onStep, onGone }: Props) {
  const [swipe, setSwipe] = useState<number | null>(null);
  return (
    <div
      className={viewer.stage}
      {...stage.stageProps}
      onPointerDownCapture={(event) => setSwipe(event.pointerType === 'touch' && stage.isFitted ? event.clientX : null)}
      onPointerUpCapture={(event) => {
        const by = swipe === null ? 0 : event.clientX - swipe;
        setSwipe(null);
        if (Math.abs(by) > swipePixels) onStep(by < 0 ? 1 : -1);
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
          onError={() => onGone(entry.sha256)}
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
  );
}
