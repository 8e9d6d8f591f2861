import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { CostsReply } from '../costs-wire.ts';
import { askCosts } from '../services/costs-api.ts';
import { useDocument, useEditor, useRuns, useServer } from '../use-editor.ts';
import { costWords, dayWords } from './cost-words.ts';
import styles from './Costs.module.css';
import type { PopupProps } from './on-demand.tsx';
import dialog from './RunDialogs.module.css';
import { dollars } from './run-words.ts';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** More days than these are not looked at here. */
const MOST_DAYS = 5;

/** What this run, today and this graph have cost, as the job book has it. */
export default function Costs({ trigger }: PopupProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="What it has cost"
          className={ui.popover}
          side="top"
          align="start"
          sideOffset={12}
          collisionPadding={8}
        >
          <Sums onLeave={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Sums({ onLeave }: { onLeave: () => void }) {
  const shell = useShell();
  const spent = useRuns(({ run }) => run?.spent ?? null);
  const dayBudget = useServer(({ reply }) => reply?.settings.dayBudget ?? null);
  const asked = useCosts();
  return (
    <div className={styles.costs}>
      <h2 className={styles.title}>What it has cost</h2>
      {asked.type === 'failed' ? (
        <p role="alert">{asked.message}</p>
      ) : (
        <>
          <dl className={dialog.facts} aria-busy={asked.type === 'asking'}>
            {spent && spent.edits > 0 && (
              <>
                <dt>This run</dt>
                <dd>{costWords(spent)}</dd>
              </>
            )}
            <dt>Today</dt>
            <dd>
              {asked.type === 'asking' ? '…' : costWords(asked.reply.today)}
              {dayBudget !== null && <small>of a budget of {dollars(dayBudget)}</small>}
            </dd>
            <dt>This graph</dt>
            <dd>{asked.type === 'asking' ? '…' : costWords(asked.reply.graph)}</dd>
          </dl>
          {asked.type === 'told' && <Days days={asked.reply.days} />}
        </>
      )}
      <p className={styles.note}>
        Edits of the offline service are free and not among these.{' '}
        <button
          type="button"
          className={dialog.link}
          onClick={() => {
            onLeave();
            shell.show({ type: 'settings' });
          }}
        >
          Set a budget…
        </button>
      </p>
    </div>
  );
}

/** The days before today. */
function Days({ days }: { days: CostsReply['days'] }) {
  if (days.length < 2) return null;
  return (
    <>
      <h3 className={styles.subtitle}>By day</h3>
      <dl className={dialog.facts}>
        {days
          .slice(0, MOST_DAYS)
          .flatMap(({ day, ...cost }) => [
            <dt key={`${day} name`}>{dayWords(day)}</dt>,
            <dd key={day}>{costWords(cost)}</dd>,
          ])}
      </dl>
    </>
  );
}

type Asked =
  | { readonly type: 'asking' }
  | { readonly type: 'told'; readonly reply: CostsReply }
  | { readonly type: 'failed'; readonly message: string };

/** Asks once when it is opened, and once more when a run ends meanwhile. */
function useCosts(): Asked {
  const { api, plans } = useEditor();
  const title = useDocument((state) => state.title);
  const endedAt = useRuns(({ run }) => run?.endedAt ?? null);
  const [asked, setAsked] = useState<Asked>({ type: 'asking' });
  useEffect(() => {
    let isCurrent = true;
    const keys = new Set<string>();
    for (const { tasks } of plans.get().plan.nodes.values())
      for (const { key, idle } of tasks) if (key !== null && idle !== 'pick') keys.add(key);
    askCosts(api, { keys: [...keys], title: title.slice(0, 1000) }).then(
      (reply) => isCurrent && setAsked({ type: 'told', reply }),
      (error: unknown) => isCurrent && setAsked({ type: 'failed', message: (error as Error).message }),
    );
    return () => void (isCurrent = false);
  }, [api, plans, title, endedAt]);
  return asked;
}
