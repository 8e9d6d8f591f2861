import { Unplug } from 'lucide-react';
import { useServer } from '../use-editor.ts';
import styles from './ServerBanner.module.css';

/** While our own server cannot be reached; goes away by itself. */
export function ServerBanner() {
  const online = useServer((state) => state.online);
  return (
    <div role="status" className={styles.live}>
      {!online && (
        <p className={styles.banner}>
          <Unplug size={15} aria-hidden />
          <span>
            <strong>Editloom’s server does not answer.</strong> Is it still running? Your graph is safe in this browser,
            and the page connects again by itself.
          </span>
        </p>
      )}
    </div>
  );
}
