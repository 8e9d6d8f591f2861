import { useMemo } from 'react';
import { countWanted } from '../../graphs/wanted.ts';
import { useEditor, usePlans, useRuns, useServer } from '../use-editor.ts';
import { Modal } from './Modal.tsx';
import { dollars, plural, sumWords } from './run-words.ts';
import styles from './RunDialogs.module.css';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** A run has stopped before it would have gone over a budget: how is it to go on? */
export default function HeldDialog({ by, onClose }: { by: 'budget' | 'day'; onClose: () => void }) {
  const shell = useShell();
  const { plans } = useEditor();
  const reply = useServer((state) => state.reply);
  const spent = useRuns(({ run }) => run?.spent ?? null);
  const wanted = useRuns((state) => state.wanted);
  const plan = usePlans((state) => state.plan);
  const all = usePlans((state) => state.count);
  const version = usePlans((state) => state.knownVersion);
  const { toPay } = useMemo(
    () => (wanted ? countWanted(plan, plans.lookup, wanted) : all),
    // oxlint-disable-next-line react/exhaustive-deps -- what is known is changed in place, `version` tells when
    [wanted, plan, all, plans, version],
  );
  if (!reply) return null;
  const { service, settings } = reply;
  const budget = by === 'day' ? settings.dayBudget : settings.runBudget;
  const goOn = (more: number | null): void => {
    onClose();
    shell.goOn({ budget: more, said: toPay });
  };

  const lead =
    by === 'day'
      ? `The budget of today${budget === null ? '' : `, ${dollars(budget)},`} leaves no room for one more edit. What was not begun was not sent and costs nothing: run again tomorrow, or change the budget in the settings.`
      : `One more edit would have gone over the budget of a run${budget === null ? '' : `, ${dollars(budget)}`}. What was not begun costs nothing.`;

  return (
    <Modal
      title={by === 'day' ? 'Today’s budget is used' : 'The run stopped at its budget'}
      lead={lead}
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            {by === 'day' ? 'Close' : 'Leave it there'}
          </button>
          {by === 'day' ? (
            <button type="button" className={ui.primary} onClick={() => shell.show({ type: 'settings' })}>
              Settings…
            </button>
          ) : (
            toPay > 0 && (
              <>
                <button type="button" className={ui.button} onClick={() => goOn(null)}>
                  Make all {toPay.toLocaleString('en')} · {sumWords(toPay, service)}
                </button>
                {budget !== null && service.price !== null && toPay * service.price > budget && (
                  <button type="button" className={ui.primary} onClick={() => goOn(budget)}>
                    Go on with another {dollars(budget)}
                  </button>
                )}
              </>
            )
          )}
        </>
      }
    >
      <dl className={styles.facts}>
        {spent && (
          <>
            <dt>This run</dt>
            <dd>
              {plural(spent.edits, 'edit')} · {dollars(spent.dollars)}
            </dd>
          </>
        )}
        <dt>Still to pay</dt>
        <dd>
          {plural(toPay, 'edit')} · {sumWords(toPay, service)}
        </dd>
      </dl>
    </Modal>
  );
}
