import type { Count } from '../../graphs/known.ts';
import type { Answers } from '../starting.ts';
import { useEditor, usePlans, useServer } from '../use-editor.ts';
import { howLong, lengthWords } from './how-long.ts';
import { Modal } from './Modal.tsx';
import { dollars, plural, priceWords } from './run-words.ts';
import styles from './RunDialogs.module.css';
import { useShell, type RunWish } from './shell.ts';
import ui from './ui.module.css';

/** The question before a run that would make more pictures than anybody makes by mistake. */
export default function AskRunDialog({ wish, count, onClose }: { wish: RunWish; count: Count; onClose: () => void }) {
  const shell = useShell();
  const { plans } = useEditor();
  const reply = useServer((state) => state.reply);
  const plan = usePlans((state) => state.plan);
  if (!reply) return null;
  const { service, settings } = reply;
  const { askAbove, inFlight, runBudget } = settings;
  const { toPay, made } = count;
  const affordable = service.price && runBudget !== null ? Math.floor(runBudget / service.price + 1e-9) : Infinity;

  const isMany = toPay > askAbove;
  const what = wish.type === 'keys' && wish.title ? `“${wish.title}”` : 'This run';

  const begin = (answers: Answers): void => {
    onClose();
    shell.begin(wish, answers);
  };

  return (
    <Modal
      title={`Make ${plural(toPay, 'new picture')}?`}
      lead={`${what} would make more than ${isMany ? `${plural(askAbove, 'picture')} at once` : 'was said before'}.`}
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            Cancel
          </button>
          {isMany && (
            <button type="button" className={ui.button} onClick={() => begin({ first: askAbove })}>
              Only the first {askAbove.toLocaleString('en')}
            </button>
          )}
          <button type="button" className={ui.primary} onClick={() => begin({ many: true, said: toPay })}>
            Run
          </button>
        </>
      }
    >
      <dl className={styles.facts}>
        <dt>To make</dt>
        <dd>{plural(toPay, 'edit')}</dd>
        <dt>Made already</dt>
        <dd>{made === 0 ? 'none' : `${plural(made, 'edit')}, not asked for again`}</dd>
        <dt>Price</dt>
        <dd>
          {priceWords(toPay, service)}
          {affordable < toPay && (
            <small>
              The budget of a run is {dollars(runBudget!)}: it stops there after {plural(affordable, 'edit')} and asks.
            </small>
          )}
        </dd>
        <dt>Time</dt>
        <dd>{lengthWords(howLong(plan, plans.get().known, toPay, inFlight), inFlight)}</dd>
      </dl>
      <p className={styles.note}>
        What is made is kept, and Stop works at any time. The number above which Run asks is in the{' '}
        <button type="button" className={styles.link} onClick={() => shell.show({ type: 'settings' })}>
          settings
        </button>
        .
      </p>
    </Modal>
  );
}
