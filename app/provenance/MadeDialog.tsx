import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { pictureUrl } from '../../graphs/artifact.ts';
import { focusItself } from '../panels/focus-itself.ts';
import { tip } from '../panels/IconButton.tsx';
import modal from '../panels/Modal.module.css';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import styles from './MadeDialog.module.css';
import MadePanel from './MadePanel.tsx';
import { useMade } from './use-made.ts';

/** Any picture ever made, with all that is known of how it was made. */
export default function MadeDialog({ jobKey, onClose }: { jobKey: string; onClose: () => void }) {
  const shell = useShell();
  const made = useMade(jobKey);
  const picture = made.status === 'found' ? made.found.picture : null;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={modal.overlay} />
        <Dialog.Content className={styles.made} aria-describedby={undefined} onOpenAutoFocus={focusItself}>
          <header className={styles.bar}>
            <Dialog.Title className={styles.title}>
              {made.status === 'found'
                ? (made.found.place?.title ?? made.found.job.madeFor ?? 'A picture')
                : 'A picture'}
            </Dialog.Title>
            <Dialog.Close className={ui.icon} aria-label="Close" {...tip('Close (Esc)')}>
              <X size={18} aria-hidden />
            </Dialog.Close>
          </header>
          <div className={styles.middle}>
            <div className={styles.stage}>
              {picture ? (
                <img
                  src={pictureUrl(picture.sha256)}
                  width={picture.width}
                  height={picture.height}
                  alt={made.status === 'found' ? made.found.job.input.prompt : ''}
                />
              ) : (
                made.status === 'found' && <p>Its picture is not here.</p>
              )}
            </div>
            <MadePanel jobKey={jobKey} onLeave={shell.leave} />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
