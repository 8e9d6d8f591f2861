import { Columns2, FileDown, Play, RotateCcw, Strikethrough, X } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { IconButton } from '../panels/IconButton.tsx';
import { plural, priceWords } from '../panels/run-words.ts';
import ui from '../panels/ui.module.css';
import { usePlans, useRuns, useServer } from '../use-editor.ts';
import { MOST_COMPARED, type GridActions } from './actions.ts';
import styles from './SpotBar.module.css';
import { Stars } from './SpotBar.tsx';

type Props = {
  tasks: readonly number[];
  actions: GridActions;
  onExport: (tasks: readonly number[]) => void;
  onClear: () => void;
};

/** What can be done with all selected cells. */
export function SelectionBar({ tasks, actions, onExport, onClear }: Props) {
  const service = useServer(({ reply }) => reply?.service ?? null);
  const run = useRuns((state) => state.run);
  const version = usePlans((state) => state.knownVersion);
  const plan = usePlans((state) => state.plan);
  const later = useDeferredValue(tasks);
  const { toPay, underway, failed, made, alone, rating } = useMemo(() => {
    void [version, run, plan];
    return actions.outlookOf(later);
  }, [actions, later, version, run, plan]);
  const price = service ? priceWords(toPay, service) : null;
  return (
    <footer className={styles.selection} aria-label="Selected cells" role="region">
      <strong role="status">{plural(tasks.length, 'cell')} selected</strong>
      {toPay + underway > 0 && (
        <button type="button" className={ui.primary} onClick={() => actions.make(tasks)}>
          <Play size={14} aria-hidden /> Make {toPay > 0 ? plural(toPay, 'edit') : 'them'}
          {price && <em className={styles.price}>{price}</em>}
        </button>
      )}
      {failed > 0 && (
        <button type="button" className={ui.button} onClick={() => actions.retry(tasks)}>
          <RotateCcw size={14} aria-hidden /> Retry {failed}
        </button>
      )}
      {made > 0 && <Stars rating={rating} onRate={(stars) => actions.rate(tasks, stars)} />}
      <button type="button" className={ui.button} onClick={() => actions.strike(tasks, alone < tasks.length)}>
        <Strikethrough size={14} aria-hidden /> {alone === tasks.length ? 'Put back' : 'Strike out'}
      </button>
      {tasks.length > 1 && tasks.length <= MOST_COMPARED && (
        <button type="button" className={ui.button} onClick={() => actions.compare(tasks)}>
          <Columns2 size={14} aria-hidden /> Compare
        </button>
      )}
      {made > 0 && (
        <button type="button" className={ui.button} onClick={() => onExport(tasks)}>
          <FileDown size={14} aria-hidden /> Export…
        </button>
      )}
      <span className={styles.clear}>
        <IconButton label="Clear the selection (Esc)" onClick={onClear}>
          <X size={16} aria-hidden />
        </IconButton>
      </span>
    </footer>
  );
}
