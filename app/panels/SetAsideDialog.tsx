import { Download } from 'lucide-react';
import { download } from '../file-pickers.ts';
import { Modal } from './Modal.tsx';
import ui from './ui.module.css';

type Props = { name: string; text: string; reason: string; onClose: () => void };

/** The draft of last time could not be read: it is kept, and can be taken along. */
export default function SetAsideDialog({ name, text, reason, onClose }: Props) {
  return (
    <Modal
      title="Your last draft could not be read"
      lead={`${reason.replace(/\.?$/, '.')} It was not thrown away: it lies in this browser as “${name}”, and you can download it now, or later under File, Versions.`}
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            Begin with an empty graph
          </button>
          <button
            type="button"
            className={ui.primary}
            onClick={() => download(window, `${name}.json`, new Blob([text], { type: 'application/json' }))}
          >
            <Download size={15} aria-hidden /> Download it
          </button>
        </>
      }
    />
  );
}
