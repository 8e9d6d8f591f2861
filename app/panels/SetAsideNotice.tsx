import { FileWarning } from 'lucide-react';
import { useState } from 'react';
import styles from './ServerBanner.module.css';
import { ServerSetAside } from './ServerSetAside.tsx';
import notice from './SetAsideNotice.module.css';
import ui from './ui.module.css';

type Props = { count: number; keysMayBeLost: boolean };

/** Something of the server's could not be read: says so until the user has looked at it. */
export default function SetAsideNotice({ count, keysMayBeLost }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <section className={`${styles.banner} ${notice.banner}`} aria-label="What was set aside">
        <FileWarning size={15} aria-hidden />
        <p role="status">
          {keysMayBeLost ? (
            <>
              <strong>Part of the job book was lost.</strong> An edit that was made before may be paid for again, so
              nothing that costs money is sent until you have agreed.
            </>
          ) : (
            <>
              <strong>
                {count === 1 ? 'Something could not be read and was kept aside.' : `${count} things were kept aside.`}
              </strong>{' '}
              Editloom goes on without {count === 1 ? 'it' : 'them'}.
            </>
          )}
        </p>
        <button type="button" className={ui.button} onClick={() => setOpen(true)}>
          What was set aside…
        </button>
      </section>
      {open && <ServerSetAside onClose={() => setOpen(false)} />}
    </>
  );
}
