import { Info, LoaderCircle, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { labelText } from '../canvas/task-words.ts';
import { IconButton } from '../panels/IconButton.tsx';
import { Modal } from '../panels/Modal.tsx';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';
import { useNow } from '../panels/use-now.ts';
import { agoWords } from '../panels/version-words.ts';
import { useDocument, useEditor, usePlans, useReadOnly } from '../use-editor.ts';
import { differenceWords, inOneLine } from './difference-words.ts';
import type { HistoryEntry } from './history.ts';
import styles from './HistoryDialog.module.css';
import panel from './ProvenancePanel.module.css';
import { readHistory, type History } from './read-history.ts';

type Props = { node: string; index: number; onClose: () => void };

/** Earlier takes and earlier settings of one card at one point, each with its picture and one press back to it. */
export default function HistoryDialog({ node, index, onClose }: Props) {
  const editor = useEditor();
  const shell = useShell();
  const [history, setHistory] = useState<History | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const again = (): void => {
    setFault(null);
    setAttempt((count) => count + 1);
  };
  const now = useNow(30_000);
  const list = useRef<HTMLUListElement>(null);
  const title = useDocument(
    ({ graph }) => graph.nodes[node]?.title ?? editor.nodeTypes.get(graph.nodes[node]?.type ?? '')?.title ?? node,
  );
  const label = usePlans(({ plan }) => labelText(plan.nodes.get(node)?.axes ?? [], index));

  useEffect(() => {
    let isWanted = true;
    readHistory(editor, node, index).then(
      (read) => isWanted && setHistory(read),
      (error: unknown) => isWanted && setFault((error as Error).message),
    );
    return () => void (isWanted = false);
  }, [editor, node, index, attempt]);

  const isRead = history !== null;
  useEffect(() => {
    if (isRead) list.current?.querySelector<HTMLElement>('[data-back]')?.focus();
  }, [isRead]);

  function goBack({ back, key }: HistoryEntry): void {
    const { document, plans } = editor;
    if (document.refuses() || back.type === 'now') return;
    document.change(
      back.type === 'take'
        ? { type: 'showTakes', takes: { [back.firstKey]: back.take } }
        : { type: 'settingsBack', graph: back.graph },
    );
    shell.leave();
    const tasks = plans.get().plan.nodes.get(node)?.tasks ?? [];
    shell.canvas()?.showCell(node, tasks.find((task) => task.key === key)?.index ?? index);
    shell.tell({
      kind: 'info',
      text:
        back.type === 'take' ? `Take ${back.take} of “${title}” is shown.` : `Earlier settings of “${title}” are back.`,
      action: { label: 'Undo', act: document.undo, untilChange: true },
    });
  }

  function move(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const ends = { Home: 0, End: -1 }[event.key];
    if (step === undefined && ends === undefined) return;
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-back]') ?? [])];
    const at = all.findIndex((button) => button.closest('li')?.contains(document.activeElement));
    event.preventDefault();
    all.at(ends ?? Math.max(0, Math.min(at + step!, all.length - 1)))?.focus();
  }

  const others = history?.entries.filter(({ back }) => back.type !== 'now') ?? [];
  return (
    <Modal
      title={`Earlier pictures of “${title}”`}
      lead={
        <>
          {label && <>{label}. </>}
          Other takes, and earlier settings of this card and of what feeds it. Going back is a change like any other: it
          can be undone, and costs nothing.
        </>
      }
      wide
      onClose={onClose}
    >
      {fault !== null && (
        <p role="alert">
          What was made before could not be looked up: {fault}{' '}
          <button type="button" className={ui.button} onClick={again}>
            Try again
          </button>
        </p>
      )}
      {!history && fault === null && (
        <p role="status" className={styles.quiet}>
          <LoaderCircle size={14} className={panel.spin} aria-hidden /> Looking…
        </p>
      )}
      {history && (
        <>
          {history.entries.length > 0 && (
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows move between its buttons
            <ul ref={list} className={styles.list} aria-label="Newest first" onKeyDown={move}>
              {history.entries.map((entry) => (
                <Row
                  key={entry.key}
                  entry={entry}
                  now={now}
                  onBack={() => goBack(entry)}
                  onShow={() => shell.show({ type: 'made', key: entry.key, back: { type: 'history', node, index } })}
                />
              ))}
            </ul>
          )}
          {others.length === 0 && (
            <p className={styles.quiet}>
              {history.entries.length === 0
                ? 'Nothing that this card made is here: neither now, nor by earlier settings that are known.'
                : 'Nothing else is known that this card made at this point.'}
            </p>
          )}
          {history.gaps.map((gap) => (
            <p key={gap} className={styles.quiet}>
              {gap}
            </p>
          ))}
          <p className={styles.known}>
            Known are takes in the job book, graphs that were kept with their pictures, and the versions in this
            browser. Pictures made before graphs were kept, or under another title of the graph, are in the gallery.
          </p>
        </>
      )}
    </Modal>
  );
}

function Row(props: { entry: HistoryEntry; now: number; onBack: () => void; onShow: () => void }) {
  const { entry, now, onBack, onShow } = props;
  const { nodeTypes } = useEditor();
  const readOnly = useReadOnly();
  const { back, picture, take, at, service, differences, provenance } = entry;
  const words = differences.map((difference) => differenceWords(difference, provenance, nodeTypes));
  const what = back.type === 'settings' ? inOneLine(words) || 'Other settings' : `Take ${take}`;
  return (
    <li className={styles.row} data-now={back.type === 'now' || undefined}>
      <button type="button" className={styles.picture} aria-label={`How it was made: ${what}`} onClick={onShow}>
        <img src={pictureUrl(picture.sha256, 'large')} alt="" loading="lazy" />
      </button>
      <div className={styles.words}>
        <p className={styles.what}>{what}</p>
        <p className={styles.quiet}>
          {at === null ? (
            'It is not known when'
          ) : (
            <time title={new Date(at).toLocaleString('en')}>{agoWords(at, now)}</time>
          )}
          {service?.startsWith('offline/') && ' · offline service'}
          {back.type === 'settings' && take > 1 && ` · take ${take}`}
        </p>
      </div>
      <div className={styles.doing}>
        {back.type === 'now' ? (
          <span className={styles.now}>Shown now</span>
        ) : (
          <button type="button" data-back className={ui.button} disabled={readOnly} onClick={onBack}>
            <Undo2 size={15} aria-hidden /> {back.type === 'take' ? 'Show this take' : 'Put these settings back'}
          </button>
        )}
        <IconButton label="How it was made" onClick={onShow}>
          <Info size={16} aria-hidden />
        </IconButton>
      </div>
    </li>
  );
}
