import { Bookmark, Workflow } from 'lucide-react';
import { useEffect, useId, type KeyboardEvent, type RefObject } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { Version } from '../versions/version.ts';
import { tip } from './IconButton.tsx';
import { agoWords, changeWords, versionTitle } from './version-words.ts';
import styles from './VersionsDialog.module.css';

type Props = {
  ref: RefObject<HTMLDivElement | null>;
  versions: readonly Version[];
  chosen: Version;
  now: number;
  /** Those of several graphs are shown. */
  withTitles: boolean;
  onChoose: (version: Version) => void;
  onRestore: () => void;
  onRename: () => void;
  onDelete: () => void;
};

const PAGE = 8;

/** Newest first. The arrows choose, Enter restores, F2 names, Delete deletes. */
export function VersionList(props: Props) {
  const { ref, versions, chosen, now, withTitles, onChoose, onRestore, onRename, onDelete } = props;
  const id = useId();
  const idOf = (version: Version): string => `${id}${version.id}`;

  useEffect(() => ref.current?.focus(), [ref]);
  useEffect(() => {
    // In braces, since newer browsers give a promise of the scrolling, which would be taken for the way back.
    document.getElementById(`${id}${chosen.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen.id]);

  function onKeyDown(event: KeyboardEvent): void {
    const place = versions.indexOf(chosen);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: PAGE,
      PageUp: -PAGE,
      Home: -versions.length,
      End: versions.length,
    };
    const step = steps[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (step !== undefined) onChoose(versions[Math.max(0, Math.min(versions.length - 1, place + step))]!);
    else if (event.key === 'Enter') onRestore();
    else if (event.key === 'F2') onRename();
    else if (event.key === 'Delete') onDelete();
    else return;
    event.preventDefault();
  }

  return (
    <div
      ref={ref}
      className={styles.list}
      role="listbox"
      aria-label="Versions, newest first"
      aria-activedescendant={idOf(chosen)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {versions.map((version) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the list takes the keys
        <div
          key={version.id}
          id={idOf(version)}
          role="option"
          tabIndex={-1}
          aria-selected={version === chosen}
          className={styles.version}
          onClick={() => onChoose(version)}
          onDoubleClick={onRestore}
        >
          <Thumbnails pictures={version.pictures} />
          <span className={styles.about}>
            <span className={styles.line}>
              <strong data-named={version.name !== null}>
                {version.name !== null && <Bookmark size={12} aria-hidden />}
                {versionTitle(version)}
              </strong>
              <time dateTime={new Date(version.at).toISOString()} {...tip(new Date(version.at).toLocaleString())}>
                {agoWords(version.at, now)}
              </time>
            </span>
            {withTitles && <span className={styles.of}>{version.title}</span>}
            <span className={styles.words}>{changeWords(version)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

/** Up to four pictures in one square. A picture that is gone leaves its place empty. */
export function Thumbnails({ pictures }: { pictures: readonly string[] }) {
  return (
    <span className={styles.thumbnails} data-count={pictures.length} aria-hidden>
      {pictures.length === 0 && <Workflow size={18} />}
      {pictures.map((sha256) => (
        <img
          key={sha256}
          src={pictureUrl(sha256, 'small')}
          alt=""
          loading="lazy"
          onError={(event) => (event.currentTarget.style.visibility = 'hidden')}
        />
      ))}
    </span>
  );
}
