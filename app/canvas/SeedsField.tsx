import { Dices } from 'lucide-react';
import { useState } from 'react';
import { MOST_SEEDS, readSeeds, rollSeeds } from '../../graphs/seed-list.ts';
import { useDocument, useEditor, useReadOnly } from '../use-editor.ts';
import styles from './Field.module.css';
import type { ControlProps } from './FieldRow.tsx';
import { TextField } from './TextField.tsx';

/** Seeds as a text, and a button that writes some random ones into it: from then on they stay as they are. */
export default function SeedsField(props: ControlProps) {
  const { id, field } = props;
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const text = useDocument((state) => String(state.graph.nodes[id]?.params[field.name] ?? ''));
  const [wish, setWish] = useState('4');
  const { seeds, fault } = readSeeds(text);
  const room = MOST_SEEDS - seeds.length;
  const count = /^\d{1,4}$/.test(wish) ? Number(wish) : 0;
  const canRoll = fault === null && count >= 1 && count <= room;

  function roll(): void {
    const rolled = rollSeeds(count, seeds, Math.random).join(', ');
    const before = text.trim().replace(/[,;]$/, '');
    document.change({ type: 'setParam', node: id, name: field.name, value: before ? `${before}, ${rolled}` : rolled });
  }

  return (
    <>
      <TextField {...props} field={{ ...field, control: 'textarea' }} />
      <div className={styles.roll}>
        <span>{seeds.length === 1 ? '1 seed' : `${seeds.length.toLocaleString('en')} seeds`}</span>
        <input
          className={`${styles.input} nodrag`}
          inputMode="numeric"
          autoComplete="off"
          aria-label="How many random seeds"
          aria-invalid={canRoll || readOnly ? undefined : true}
          value={wish}
          readOnly={readOnly}
          onChange={(event) => setWish(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !canRoll || readOnly) return;
            event.preventDefault();
            roll();
          }}
        />
        <button type="button" className={`${styles.small} nodrag`} disabled={!canRoll || readOnly} onClick={roll}>
          <Dices size={14} aria-hidden />
          Add random ones
        </button>
      </div>
      {!canRoll && fault === null && (
        <p className={styles.problem}>
          {room === 0
            ? `A sweep has at most ${MOST_SEEDS.toLocaleString('en')} seeds.`
            : `Expected a whole number from 1 to ${room.toLocaleString('en')}.`}
        </p>
      )}
    </>
  );
}
