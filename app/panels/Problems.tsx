import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { GraphError } from '../../graphs/errors.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import type { PopupProps } from './on-demand.tsx';
import { plural, unknownWords } from './run-words.ts';
import styles from './RunBar.module.css';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** More than these are not read by anybody; the cards carry them all. */
const MOST_SHOWN = 100;

/** Why nothing can run, in words; pressing one shows its node. */
export default function Problems({ trigger }: PopupProps) {
  const errors = usePlans(({ plan }) => plan.errors);
  const unknown = usePlans(({ count }) => count.unknown);
  const shell = useShell();
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Problems"
          className={ui.menu}
          side="top"
          align="start"
          sideOffset={12}
          collisionPadding={8}
        >
          <h2 className={styles.problemsTitle}>Before this can run</h2>
          <ul className={styles.problemList}>
            {errors.slice(0, MOST_SHOWN).map((error) => (
              <li key={`${error.node} ${error.port ?? ''} ${error.message}`}>
                <button
                  type="button"
                  onClick={() => {
                    setOpen(false);
                    shell.canvas()?.focusNode(error.node);
                  }}
                >
                  <Problem error={error} />
                </button>
              </li>
            ))}
          </ul>
          {unknown > 0 && (
            <ul className={styles.problemList}>
              <li>
                <button
                  type="button"
                  onClick={() => {
                    setOpen(false);
                    shell.show({ type: 'unknown' });
                  }}
                >
                  <strong>{unknownWords(unknown)}</strong>
                  <span>Their requests were sent and the answers were lost. This stops no run.</span>
                </button>
              </li>
            </ul>
          )}
          {errors.length > MOST_SHOWN && (
            <p className={styles.problemsTitle}>and {plural(errors.length - MOST_SHOWN, 'other')}</p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Problem({ error }: { error: GraphError }) {
  const { nodeTypes } = useEditor();
  const title = useDocument(({ graph }) => {
    const node = graph.nodes[error.node];
    return node?.title ?? nodeTypes.get(node?.type ?? '')?.title ?? node?.type ?? error.node;
  });
  return (
    <>
      <strong>{title}</strong>
      <span>{error.message}</span>
    </>
  );
}
