import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { focusItself } from './focus-itself.ts';
import modal from './Modal.module.css';
import { Palette } from './Palette.tsx';
import styles from './PaletteDrawer.module.css';
import ui from './ui.module.css';

/** The palette on a narrow screen: comes up from below and goes away with the first node added. */
export default function PaletteDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={modal.overlay} />
        <Dialog.Content className={styles.drawer} aria-describedby={undefined} onOpenAutoFocus={focusItself}>
          <header className={styles.header}>
            <Dialog.Title className={modal.title}>Add a node</Dialog.Title>
            <Dialog.Close className={ui.icon} aria-label="Close">
              <X size={18} aria-hidden />
            </Dialog.Close>
          </header>
          <Palette onAdded={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
