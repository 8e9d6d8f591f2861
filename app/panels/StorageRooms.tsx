import type { CSSProperties } from 'react';
import { sizeWords } from '../storage-words.ts';
import type { RoomKind, StorageReply } from '../storage-wire.ts';
import { plural } from './run-words.ts';
import styles from './StorageDialog.module.css';
import ui from './ui.module.css';

type Removable = 'thumbnails' | 'offline' | 'unfinished' | 'damaged';
type Room = { title: string; hint?: string; colour: string };

const rooms: Record<RoomKind, Room> = {
  pictures: { title: 'Pictures', colour: 'var(--kind-image)' },
  thumbnails: { title: 'Small pictures', hint: 'Made again when they are shown', colour: 'var(--kind-text)' },
  outputs: { title: 'Saved files', hint: 'Yours, in the outputs folder', colour: 'var(--kind-seed)' },
  offline: { title: 'Offline service', hint: 'Its own copies of what it made', colour: 'var(--accent)' },
  books: { title: 'Job book and other books', colour: 'var(--info)' },
  graphs: { title: 'Graphs', hint: 'By which pictures were made', colour: 'var(--good)' },
  logs: { title: 'Log', colour: 'var(--text-3)' },
  trash: { title: 'Trash', colour: 'var(--warn)' },
  damaged: { title: 'Damaged files', hint: 'Set aside by a check', colour: 'var(--bad)' },
  unfinished: { title: 'Half-written files', colour: 'var(--line-strong)' },
  other: { title: 'Other', colour: 'var(--line-strong)' },
};

type Props = {
  reply: StorageReply;
  disabled: boolean;
  onRemove: (what: Removable, words: (freed: string) => string) => void;
};

/** A bar and a row for each part of the data folder; what can be made again is removed by one press. */
export function StorageRooms({ reply, disabled, onRemove }: Props) {
  // A few bytes of some small file are nobody's concern.
  const shown = reply.rooms.filter(({ bytes }) => bytes >= 1000).toSorted((a, b) => b.bytes - a.bytes);
  const all = shown.reduce((sum, { bytes }) => sum + bytes, 0);

  function actionOf(kind: RoomKind, bytes: number): { what: Removable; label: string; words: string } | null {
    switch (kind) {
      case 'thumbnails':
        return { what: kind, label: 'Remove small pictures', words: 'of small pictures were removed.' };
      case 'offline':
        return reply.offlineCopies.files === 0
          ? null
          : {
              what: kind,
              label: `Remove ${plural(reply.offlineCopies.files, 'copy', 'copies')} of the offline service, ${sizeWords(reply.offlineCopies.bytes)}`,
              words: 'of copies were removed; Editloom has its own.',
            };
      case 'damaged':
        return { what: kind, label: 'Remove damaged files', words: 'of damaged files were removed.' };
      case 'unfinished':
        return {
          what: kind,
          label: `Remove half-written files, ${sizeWords(bytes)}`,
          words: 'of half-written files were removed.',
        };
      default:
        return null;
    }
  }

  return (
    <section className={styles.section} aria-labelledby="storage-rooms">
      <h3 id="storage-rooms">
        What takes room <span className={styles.count}>{sizeWords(all)}</span>
      </h3>
      <div className={styles.bar} aria-hidden>
        {shown.map(({ kind, bytes }) => (
          <span key={kind} style={{ flexGrow: bytes, background: rooms[kind].colour }} />
        ))}
      </div>
      <ul className={styles.rooms}>
        {shown.map(({ kind, bytes, files }) => {
          const { title, hint, colour } = rooms[kind];
          const action = actionOf(kind, bytes);
          return (
            <li key={kind}>
              <span className={styles.dot} style={{ '--dot': colour } as CSSProperties} aria-hidden />
              <span className={styles.name}>
                {title}
                <small>{[plural(files, 'file'), hint].filter(Boolean).join(' · ')}</small>
              </span>
              {action && (
                <button
                  type="button"
                  className={`${ui.button} ${styles.small}`}
                  disabled={disabled}
                  aria-label={action.label}
                  onClick={() => onRemove(action.what, (freed) => `${freed} ${action.words}`)}
                >
                  Remove
                </button>
              )}
              <span className={styles.size}>{sizeWords(bytes)}</span>
            </li>
          );
        })}
      </ul>
      {reply.disks.map(({ folder, free, total }) => (
        <p key={folder} className={styles.hint}>
          {sizeWords(free)} of {sizeWords(total)} are free on the disk
          {reply.disks.length > 1 ? ` of ${folder}` : ''}.
        </p>
      ))}
    </section>
  );
}
