import { pictureUrl } from '../../graphs/artifact.ts';
import type { Graph } from '../../graphs/graph.ts';
import { valueWords } from '../../graphs/axes.ts';
import type { Provenance, ProvenanceStep } from '../../graphs/provenance.ts';
import { factsOf, makingFacts, type Fact } from '../panels/provenance-words.ts';
import { useEditor } from '../use-editor.ts';
import type { Job } from '../wire.ts';
import { jobFacts, sentFields } from './job-words.ts';
import styles from './ProvenancePanel.module.css';

type Props = {
  provenance: Provenance;
  /** Whose nodes they were, for the names that the user gave them. */
  graph: Pick<Graph, 'nodes'> | null;
  jobs: ReadonlyMap<string, Job>;
  isMade: (key: string) => boolean;
};

/** Every step, from the photograph to what is seen: what it was given, and how it was made. */
export function Chain({ provenance, graph, jobs, isMade }: Props) {
  const { nodeTypes } = useEditor();
  return (
    <ol className={styles.steps}>
      {provenance.steps.map((step, i) => (
        <li key={step.key}>
          <h4>
            <span>{i + 1}</span> {graph?.nodes[step.node ?? '']?.title ?? step.title}
          </h4>
          {step.point.length > 0 && (
            <p className={styles.point}>
              {step.point.map(({ title, value }) => `${title}: ${valueWords(value)}`).join(' · ')}
            </p>
          )}
          <Facts facts={factsOf(step, provenance, nodeTypes)} />
          {step.making?.note && <p className={styles.note}>{step.making.note}</p>}
          <Making step={step} job={jobs.get(step.key)} isMade={isMade(step.key)} />
        </li>
      ))}
    </ol>
  );
}

function Making({ step, job, isMade }: { step: ProvenanceStep; job: Job | undefined; isMade: boolean }) {
  if (job)
    return (
      <>
        <Facts facts={jobFacts(job)} quiet />
        <Sent job={job} />
      </>
    );
  if (step.making) return <Facts facts={makingFacts(step.making)} quiet />;
  return isMade ? null : <p className={styles.point}>Not made yet</p>;
}

/** The very fields that went to the edit service. */
function Sent({ job }: { job: Job }) {
  return (
    <details className={styles.sent}>
      <summary>The request as sent</summary>
      <dl>
        {sentFields(job).map(({ name, text, sha256 }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {sha256 && <img src={pictureUrl(sha256, 'small')} alt="" />}
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </details>
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
