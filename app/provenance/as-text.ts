import type { NodeTypes } from '../../graphs/node-type.ts';
import { valueWords } from '../../graphs/axes.ts';
import type { Provenance } from '../../graphs/provenance.ts';
import { factsOf, makingFacts } from '../panels/provenance-words.ts';
import type { Job } from '../wire.ts';
import { jobFacts, requestOf } from './job-words.ts';

type Copied = {
  readonly provenance: Provenance;
  readonly jobs: ReadonlyMap<string, Job>;
  readonly nodeTypes: NodeTypes;
};

/** The chain for a letter or a note: a paragraph for each step. */
export function provenanceAsText({ provenance, jobs, nodeTypes }: Copied): string {
  return `${provenance.steps
    .map((step, i) => {
      const job = jobs.get(step.key);
      const facts = [...factsOf(step, provenance, nodeTypes), ...(job ? jobFacts(job) : makingFacts(step.making))];
      const point = step.point.map(({ title, value }) => `   at ${title}: ${valueWords(value)}`);
      const note = step.making?.note ? [`   ${step.making.note}`] : [];
      return [`${i + 1}. ${step.title}`, ...point, ...facts.map(({ title, text }) => `   ${title}: ${text}`), ...note];
    })
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The chain for a program, with each request as it was sent. */
export function provenanceAsJson({ provenance, jobs }: Pick<Copied, 'provenance' | 'jobs'>): string {
  const requests = provenance.steps.flatMap(({ key }) => {
    const job = jobs.get(key);
    return job ? [requestOf(job)] : [];
  });
  return `${JSON.stringify({ ...provenance, requests }, null, 2)}\n`;
}
