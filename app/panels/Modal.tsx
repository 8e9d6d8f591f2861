import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { focusItself } from './focus-itself.ts';
import styles from './Modal.module.css';
import ui from './ui.module.css';

type Props = {
  title: string;
  lead?: ReactNode;
  wide?: boolean;
  /** There is nothing in it to press, so it must itself be reached by keys to be scrolled. */
  textOnly?: boolean;
  onClose: () => void;
  /** May prevent that Escape closes the dialog: something in it is to be left first. */
  onEscape?: (event: KeyboardEvent) => void;
  children?: ReactNode;
  footer?: ReactNode;
};

/** A dialog over the app: holds the focus, Escape closes it, and the focus goes back to where it was. */
export function Modal({ title, lead, wide, textOnly, onClose, onEscape, children, footer }: Props) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.overlay} />
        <Dialog.Content
          className={styles.content}
          data-wide={wide ?? false}
          data-modal
          onOpenAutoFocus={focusItself}
          {...(onEscape ? { onEscapeKeyDown: onEscape } : {})}
          {...(lead ? {} : { 'aria-describedby': undefined })}
        >
          <header className={styles.header}>
            <div>
              <Dialog.Title className={styles.title}>{title}</Dialog.Title>
              {lead && <Dialog.Description className={styles.lead}>{lead}</Dialog.Description>}
            </div>
            <Dialog.Close className={ui.icon} aria-label="Close">
              <X size={17} aria-hidden />
            </Dialog.Close>
          </header>
          {children && (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys can scroll it only then
            <div className={styles.body} {...(textOnly ? { tabIndex: 0, role: 'group', 'aria-label': title } : {})}>
              {children}
            </div>
          )}
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
