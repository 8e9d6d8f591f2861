import { Ban, Check, CircleHelp, Clock, LoaderCircle, TriangleAlert } from 'lucide-react';
import { usePlans } from '../use-editor.ts';
import styles from './Card.module.css';
import { useSummary } from './use-tasks.ts';

/** One sign for all tasks of a node: what needs the user most comes first. */
export function StatusMark({ id }: { id: string }) {
  const errors = usePlans((state) => state.plan.nodes.get(id)?.errors.length ?? 0);
  const { total, done, running, waiting, failed, unknown, blocked } = useSummary(id);
  const of = total > 1 ? `${done}/${total}` : null;
  if (errors > 0) return mark('warn', <TriangleAlert size={14} />, null, 'Cannot run yet');
  if (failed > 0) return mark('bad', <TriangleAlert size={14} />, of, `${failed} failed`);
  if (unknown > 0) return mark('warn', <CircleHelp size={14} />, of, `${unknown} with an unknown outcome`);
  if (running > 0) return mark('busy', <LoaderCircle size={14} className={styles.spin} />, of, `${running} being made`);
  if (waiting > 0) return mark('idle', <Clock size={14} />, of, `${waiting} waiting`);
  if (blocked > 0) return mark('idle', <Ban size={14} />, of, `${blocked} blocked`);
  if (total > 0 && done === total) return mark('good', <Check size={15} />, total > 1 ? String(total) : null, 'Done');
  if (done > 0) return mark('idle', null, of, `${done} of ${total} done`);
  return null;
}

function mark(tone: string, icon: React.ReactNode, text: string | null, label: string) {
  return (
    <span className={styles.status} data-tone={tone} role="img" aria-label={label} title={label}>
      {icon}
      {text}
    </span>
  );
}
