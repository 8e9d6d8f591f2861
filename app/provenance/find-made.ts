import type { Artifact } from '../../graphs/artifact.ts';
import { readGraphFile } from '../../graphs/file.ts';
import type { Graph } from '../../graphs/graph.ts';
import type { Known } from '../../graphs/known.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import { makePlan, type Plan } from '../../graphs/plan.ts';
import { provenanceOf, type Provenance } from '../../graphs/provenance.ts';
import { partOf } from '../../graphs/settings-back.ts';
import type { Task } from '../../graphs/task.ts';
import { HttpError, type Api } from '../api.ts';
import { createCache } from '../services/cache.ts';
import type { Job } from '../wire.ts';

/** Where a picture was made: the whole graph as it was, and the task in a plan of what the picture depends on. */
export type Place = {
  readonly title: string;
  readonly graph: Graph;
  readonly plan: Plan;
  readonly task: Task;
};

/** All that is known of how a picture of the job book was made. */
export type Found = {
  readonly job: Job;
  readonly picture: Artifact | null;
  readonly provenance: Provenance;
  /** Null where the graph was not kept, or does not make this key any more. */
  readonly place: Place | null;
  readonly known: ReadonlyMap<string, Known>;
};

type World = { readonly api: Api; readonly nodeTypes: NodeTypes };

/** Looks up how the picture of a key was made: in the job book, and in the graph that was kept with it. Null = nobody knows the key. */
export async function findMade({ api, nodeTypes }: World, key: string): Promise<Found | null> {
  const job = await api.job(key).catch(orNull);
  if (!job) return null;
  const picture = job.artifacts[0] ?? null;
  const place = job.made ? await placeOf({ api, nodeTypes }, job, job.made) : null;
  if (!place) return { job, picture, provenance: provenanceOfJob(job, nodeTypes), place: null, known: new Map() };
  const unknown = provenanceOf(place.plan, place.task, () => undefined);
  const known = await createCache(api).lookUp(unknown.steps.map((step) => step.key));
  const provenance = provenanceOf(place.plan, place.task, (wanted) => known.get(wanted));
  return { job, picture, provenance, place, known };
}

/** The graph was read by the server when it came, but node types may have changed since. */
async function placeOf({ api, nodeTypes }: World, job: Job, made: NonNullable<Job['made']>): Promise<Place | null> {
  const text = await api.graph(made.graph).catch(orNull);
  if (text === null) return null;
  try {
    const { title, graph } = readGraphFile(text, nodeTypes);
    const plan = makePlan(partOf(graph, made.node), nodeTypes, job.service);
    const tasks = plan.nodes.get(made.node)?.tasks ?? [];
    const task = tasks[made.index]?.key === job.key ? tasks[made.index] : tasks.find(({ key }) => key === job.key);
    return task ? { title, graph, plan, task } : null;
  } catch {
    // Kept by a newer Editloom, say: the job itself is known all the same.
    return null;
  }
}

/** One step: the request. What the picture that it took was made of is not known then. */
export function provenanceOfJob(job: Job, nodeTypes: NodeTypes): Provenance {
  const type = [...nodeTypes.values()].find(({ uses }) => uses === 'edits');
  const { image, ...values } = job.input;
  const { service, model, requestId, submittedAt, finishedAt, price, note } = job;
  return {
    steps: [
      {
        key: job.key,
        type: type?.type ?? job.model,
        version: type?.version ?? 1,
        title: type?.title ?? job.model,
        values: { image: { sha256: image }, ...values },
        inputs: {},
        point: job.made?.point ?? [],
        making: job.status === 'done' ? { service, model, requestId, submittedAt, finishedAt, price, note } : null,
      },
    ],
  };
}

function orNull(error: unknown): null {
  if (error instanceof HttpError && error.status === 404) return null;
  throw error;
}
