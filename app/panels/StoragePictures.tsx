import { useEffect, useState } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { StorageApi } from '../services/storage-api.ts';
import { priceWords, sizeWords } from '../storage-words.ts';
import type { PictureGroup, StoredPicture } from '../storage-wire.ts';
import { plural } from './run-words.ts';
import { useShell } from './shell.ts';
import styles from './StorageDialog.module.css';
import ui from './ui.module.css';

type Props = {
  storage: StorageApi;
  group: PictureGroup;
  title: string;
  isChosen: (sha256: string) => boolean;
  disabled: boolean;
  onToggle: (picture: StoredPicture) => void;
};

/** The pictures of one group, a page at a time. */
export function StoragePictures({ storage, group, title, isChosen, disabled, onToggle }: Props) {
  const shell = useShell();
  const [pictures, setPictures] = useState<readonly StoredPicture[]>([]);
  const [next, setNext] = useState<number | null>(0);

  async function load(offset: number): Promise<void> {
    const page = await storage.page(group.id, offset);
    setPictures((before) => [...before.slice(0, offset), ...page.pictures]);
    setNext(page.next);
  }
  const { tellError } = shell;
  useEffect(() => {
    let isHere = true;
    storage
      .page(group.id, 0)
      .then((page) => {
        if (!isHere) return;
        setPictures(page.pictures);
        setNext(page.next);
      })
      .catch(tellError);
    return () => void (isHere = false);
  }, [storage, group.id, tellError]);

  return (
    <div className={styles.pictures}>
      <ul aria-label={title}>
        {pictures.map((picture) => (
          <li key={picture.sha256}>
            <label className={styles.picture}>
              <input
                type="checkbox"
                className={styles.check}
                disabled={disabled}
                checked={isChosen(picture.sha256)}
                onChange={() => onToggle(picture)}
                aria-label={nameOf(picture)}
              />
              <img src={pictureUrl(picture.sha256, 'small')} alt="" loading="lazy" width={120} height={90} />
              <span className={styles.prompt}>{picture.prompt ?? dateOf(picture)}</span>
              <span className={styles.facts}>
                <span>{sizeWords(picture.bytes)}</span>
                {picture.paid && <strong>{priceWords(picture.price)}</strong>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {next !== null && pictures.length > 0 && (
        <button type="button" className={ui.button} onClick={() => void load(next).catch(shell.tellError)}>
          Show {plural(Math.min(60, group.count - pictures.length), 'more picture')}
        </button>
      )}
    </div>
  );
}

const dateOf = ({ storedAt }: StoredPicture): string => new Date(storedAt).toLocaleDateString();

function nameOf(picture: StoredPicture): string {
  const price = picture.paid ? `, paid for: ${priceWords(picture.price)}` : '';
  return `${picture.prompt ?? `Picture of ${dateOf(picture)}`}, ${sizeWords(picture.bytes)}${price}`;
}
