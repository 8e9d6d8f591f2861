import { Copy } from 'lucide-react';
import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import type { Lookup } from '../../graphs/known.ts';
import type { Plan } from '../../graphs/plan.ts';
import { provenanceOf } from '../../graphs/provenance.ts';
import type { Task } from '../../graphs/task.ts';
import { useEditor } from '../use-editor.ts';
import { factsOf, makingFacts, type Fact } from '../panels/provenance-words.ts';
import styles from './ProvenancePanel.module.css';
import { useShell } from '../panels/shell.ts';
import ui from '../panels/ui.module.css';

type Props = { plan: Plan; task: Task; lookup: Lookup; picture: Artifact | null };

/** How the picture was made: every step, from the photograph to what is seen. */
export function ProvenancePanel({ plan, task, lookup, picture }: Props) {
  const { nodeTypes } = useEditor();
  const { tell, tellError } = useShell();
  const provenance = provenanceOf(plan, task, lookup);
  const copy = (): void =>
    void navigator.clipboard
      .writeText(JSON.stringify(provenance, null, 2))
      .then(() => tell({ kind: 'info', text: 'The parameters were copied.' }))
      .catch(tellError);
  return (
    <aside className={styles.panel} aria-label="How it was made">
      <header className={styles.header}>
        <h3>How it was made</h3>
        {provenance.steps.length > 0 && (
          <button type="button" className={ui.button} onClick={copy}>
            <Copy size={14} aria-hidden /> Copy parameters
          </button>
        )}
      </header>
      {picture && (
        <p className={styles.about}>
          {picture.width} × {picture.height} · {picture.mediaType.slice('image/'.length).toUpperCase()} ·{' '}
          {sizeWords(picture.bytes)}
        </p>
      )}
      {provenance.steps.length === 0 && (
        <p className={styles.about}>It is a picture that you brought: nothing was done to it yet.</p>
      )}
      <ol className={styles.steps}>
        {provenance.steps.map((step, i) => (
          <li key={step.key}>
            <h4>
              <span>{i + 1}</span> {step.title}
            </h4>
            {step.point.length > 0 && (
              <p className={styles.point}>
                {step.point.map(({ title, value }) => `${title}: ${String(value)}`).join(' · ')}
              </p>
            )}
            <Facts facts={factsOf(step, provenance, nodeTypes)} />
            {step.making?.note && <p className={styles.note}>{step.making.note}</p>}
            {step.making ? (
              <Facts facts={makingFacts(step.making)} quiet />
            ) : (
              lookup(step.key)?.status !== 'done' && <p className={styles.point}>Not made yet</p>
            )}
          </li>
        ))}
      </ol>
    </aside>
  );
}

function Facts({ facts, quiet = false }: { facts: readonly Fact[]; quiet?: boolean }) {
  return (
    <dl className={styles.facts} data-quiet={quiet}>
      {facts.map(({ title, text, picture }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>
            {picture && <img src={pictureUrl(picture.sha256, 'small')} alt="" />}
            {text}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function sizeWords(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
