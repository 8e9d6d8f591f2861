import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { StorageApi } from '../services/storage-api.ts';
import { paidWords, pictureCount, sizeWords } from '../storage-words.ts';
import type { PictureGroup, StorageReply, StoredPicture } from '../storage-wire.ts';
import styles from './StorageDialog.module.css';
import { StoragePictures } from './StoragePictures.tsx';
import { plural } from './run-words.ts';
import ui from './ui.module.css';

/** Whole groups, and single pictures of others. */
export type Selection = {
  readonly groups: ReadonlySet<string>;
  readonly pictures: ReadonlyMap<string, { readonly bytes: number; readonly group: string }>;
};

export const noSelection: Selection = { groups: new Set(), pictures: new Map() };

export function selectionSum(selection: Selection, groups: readonly PictureGroup[]): { count: number; bytes: number } {
  const sum = { count: 0, bytes: 0 };
  for (const { id, count, bytes } of groups) {
    if (!selection.groups.has(id)) continue;
    sum.count += count;
    sum.bytes += bytes;
  }
  for (const { bytes, group } of selection.pictures.values()) {
    if (selection.groups.has(group)) continue;
    sum.count++;
    sum.bytes += bytes;
  }
  return sum;
}

const mostGroups = 50;

type Props = {
  storage: StorageApi;
  reply: StorageReply;
  selection: Selection;
  onSelect: (selection: Selection) => void;
};

/** The pictures, by the graph they were made for; a group opens to its pictures. */
export function StorageGroups({ storage, reply, selection, onSelect }: Props) {
  const { groups } = reply;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [most, setMost] = useState(mostGroups);

  function toggleGroup(id: string): void {
    onSelect({ ...selection, groups: toggled(selection.groups, id) });
  }

  function togglePicture({ sha256, bytes }: StoredPicture, group: string): void {
    const pictures = new Map(selection.pictures);
    if (!pictures.delete(sha256)) pictures.set(sha256, { bytes, group });
    onSelect({ ...selection, pictures });
  }

  return (
    <section className={styles.section} aria-labelledby="storage-groups">
      <h3 id="storage-groups">Pictures by graph</h3>
      {groups.length === 0 && <p className={styles.hint}>No picture is here yet.</p>}
      <ul className={styles.groups}>
        {groups.slice(0, most).map((group) => {
          const { id, kind } = group;
          const isOpen = open.has(id);
          const title = titleOf(group);
          return (
            <li key={id}>
              <div className={styles.group}>
                <input
                  type="checkbox"
                  className={styles.check}
                  aria-label={`Choose all of ${title}`}
                  disabled={kind === 'sample'}
                  checked={selection.groups.has(id)}
                  onChange={() => toggleGroup(id)}
                />
                <button
                  type="button"
                  className={styles.opener}
                  aria-expanded={isOpen}
                  onClick={() => setOpen(toggled(open, id))}
                >
                  <ChevronRight size={15} aria-hidden />
                  <span className={styles.name}>
                    {title}
                    <small>{wordsOf(group)}</small>
                  </span>
                  <span className={styles.size}>{sizeWords(group.bytes)}</span>
                </button>
              </div>
              {isOpen && (
                <StoragePictures
                  key={`${group.count} ${group.bytes}`}
                  storage={storage}
                  group={group}
                  title={title}
                  isChosen={(sha256) => selection.groups.has(id) || selection.pictures.has(sha256)}
                  disabled={kind === 'sample' || selection.groups.has(id)}
                  onToggle={(picture) => togglePicture(picture, id)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {groups.length > most && (
        <button type="button" className={ui.button} onClick={() => setMost(most + mostGroups)}>
          Show {plural(Math.min(mostGroups, groups.length - most), 'more graph')}
        </button>
      )}
    </section>
  );
}

function titleOf({ kind, title }: PictureGroup): string {
  switch (kind) {
    case 'result':
      return title ?? 'Results of other graphs';
    case 'upload':
      return 'Loaded pictures';
    case 'sample':
      return 'Samples';
    case 'left-over':
      return 'Left over';
  }
}

function wordsOf({ kind, count, paid }: PictureGroup): string {
  const words = [pictureCount(count)];
  // Not an upload that we know of: it may come from a job book that is gone.
  const certainly = kind === 'result' ? 'paid for' : 'perhaps paid for';
  if (paid.count > 0) words.push(`${paid.count.toLocaleString('en')} ${certainly}, ${paidWords(paid)}`);
  if (kind === 'sample') words.push('come with Editloom');
  if (kind === 'left-over') words.push('in no edit and in no graph of this browser');
  return words.join(' · ');
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
