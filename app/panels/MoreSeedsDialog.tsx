import { useDeferredValue, useId, useMemo, useState } from 'react';
import { changeToLonger, graphWith, keysFrom, nearestSweep } from '../../graphs/more-values.ts';
import { makePlan } from '../../graphs/plan.ts';
import { countWanted } from '../../graphs/wanted.ts';
import { useDocument, useEditor, usePlans, useServer } from '../use-editor.ts';
import form from './form.module.css';
import { Modal } from './Modal.tsx';
import { shortCount } from './run-words.ts';
import styles from './RunDialogs.module.css';
import { useShell } from './shell.ts';
import ui from './ui.module.css';

/** Makes the nearest seed sweep longer, as one change, and makes just what is new; says its price before. */
export default function MoreSeedsDialog({ node, onClose }: { node: string; onClose: () => void }) {
  const shell = useShell();
  const { document, plans, nodeTypes } = useEditor();
  const graph = useDocument((state) => state.graph);
  const plan = usePlans((state) => state.plan);
  const service = useServer(({ reply }) => reply?.service ?? null);
  const [text, setText] = useState('4');
  const wish = useDeferredValue(text);
  const id = useId();
  const sweep = useMemo(() => nearestSweep(plan, graph, node), [plan, graph, node]);
  const by = /^\d{1,4}$/.test(wish.trim()) ? Number(wish) : 0;

  const outcome = useMemo(() => {
    if (!sweep || by < 1) return null;
    const change = changeToLonger(graph, nodeTypes, sweep.node, by);
    if (!change) return null;
    const longer = makePlan(graphWith(graph, change), nodeTypes, plan.service);
    const keys = keysFrom(longer, node, sweep.node, sweep.length);
    return { change, keys, errors: longer.errors, count: countWanted(longer, plans.lookup, keys) };
  }, [sweep, by, graph, nodeTypes, plan, node, plans]);

  const refusal = !sweep
    ? 'There is no seed sweep here any more.'
    : sweep.linked
      ? 'This sweep is linked with another one, and linked sweeps must have equally many values. Unlink it first, or make both longer by hand.'
      : by < 1
        ? 'Expected a whole number of seeds, 1 or more.'
        : !outcome
          ? 'There is no room for so many seeds: a sweep has at most 1,000.'
          : (outcome.errors[0]?.message ?? null);

  function make(): void {
    if (refusal !== null || !outcome || document.refuses()) return;
    onClose();
    document.change(outcome.change);
    shell.make(outcome.keys, { title: 'Make more seeds' });
  }

  return (
    <Modal
      title="Make more seeds"
      lead="The seed sweep gets so many seeds more. Only what is new is made here; the rest stays as it is."
      onClose={onClose}
      footer={
        <>
          <button type="button" className={ui.button} onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={id} className={ui.primary} disabled={refusal !== null}>
            Make {by > 0 ? by.toLocaleString('en') : ''} more
            {refusal === null && outcome ? ` · ${shortCount(outcome.count, service)}` : ''}
          </button>
        </>
      }
    >
      <form
        id={id}
        className={form.field}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <label className={form.label} htmlFor={`${id}-count`}>
          How many more
        </label>
        <input
          id={`${id}-count`}
          className={styles.number}
          inputMode="numeric"
          autoComplete="off"
          value={text}
          aria-invalid={refusal !== null}
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p className={refusal === null ? form.hint : form.refusal} id={`${id}-hint`} aria-live="polite">
          {refusal ?? `${sweep!.length} now, ${sweep!.length + by} then.`}
        </p>
      </form>
    </Modal>
  );
}
