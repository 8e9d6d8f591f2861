import { ImagePlus, LayoutTemplate, Plus } from 'lucide-react';
import { useRef } from 'react';
import { useShell } from './shell.ts';
import styles from './EmptyState.module.css';
import ui from './ui.module.css';

/** What to do first. It lies over an empty canvas and lets everything but its buttons through. */
export default function EmptyState() {
  const shell = useShell();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.empty}>
      <div className={styles.box}>
        <h2>Begin with a picture</h2>
        <p>
          Drop a photograph or a whole folder anywhere here, paste one, or take some from your computer. Then add an
          edit and press Run.
        </p>
        <div className={styles.actions}>
          <button type="button" className={ui.primary} onClick={() => input.current?.click()}>
            <ImagePlus size={15} aria-hidden /> Choose a picture
          </button>
          <button type="button" className={ui.button} onClick={() => shell.show({ type: 'templates' })}>
            <LayoutTemplate size={15} aria-hidden /> Use a template
          </button>
          <button type="button" className={ui.button} onClick={() => shell.canvas()?.openSearch()}>
            <Plus size={15} aria-hidden /> Add a node
          </button>
        </div>
        <input
          ref={input}
          type="file"
          accept="image/*"
          multiple
          hidden
          aria-label="Choose a picture"
          onChange={(event) => {
            shell.canvas()?.addPictures([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
    </div>
  );
}
