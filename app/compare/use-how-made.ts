import { useEffect, useMemo, useState } from 'react';
import type { Plan } from '../../graphs/plan.ts';
import type { Task } from '../../graphs/task.ts';
import { useDocument, useEditor, usePlans } from '../use-editor.ts';
import type { Job } from '../wire.ts';
import { howJobMade, howMade, type HowMade } from './how-made.ts';
import type { Side } from './sides.ts';

/** How each of these pictures was made; null where nobody knows. */
export function useHowMade(sides: readonly Side[]): readonly (HowMade | null)[] {
  const { nodeTypes, plans } = useEditor();
  const plan = usePlans((state) => state.plan);
  const graph = useDocument((state) => state.graph);
  const jobs = useJobs(sides);
  return useMemo(
    () =>
      sides.map(({ cell, task, picture }): HowMade | null => {
        const key = 'sha256' in cell ? cell.key : undefined;
        const made = task ?? (key === undefined ? null : taskOf(plan, key));
        const own = picture && { sha256: picture.sha256, name: picture.sha256.slice(0, 8) };
        if (!made) {
          const job = key === undefined ? undefined : jobs.get(key);
          return job ? howJobMade(job, nodeTypes) : null;
        }
        const how = howMade({ plan, task: made, lookup: plans.lookup, nodeTypes, graph });
        if (!('sha256' in cell) && cell.original) return { source: how.source, steps: [] };
        return how.source ? how : { ...how, source: own };
      }),
    [sides, plan, graph, jobs, nodeTypes, plans],
  );
}

function taskOf(plan: Plan, key: string): Task | null {
  for (const { tasks } of plan.nodes.values()) for (const task of tasks) if (task.key === key) return task;
  return null;
}

/** What the server knows of pictures that are not of this graph. */
function useJobs(sides: readonly Side[]): ReadonlyMap<string, Job | null> {
  const { api } = useEditor();
  const plan = usePlans((state) => state.plan);
  const [jobs, setJobs] = useState<ReadonlyMap<string, Job | null>>(() => new Map());
  const wanted = sides
    .flatMap(({ cell }) => ('sha256' in cell && cell.key && !jobs.has(cell.key) ? [cell.key] : []))
    .filter((key) => taskOf(plan, key) === null)
    .join(' ');
  useEffect(() => {
    let over = false;
    for (const key of wanted.split(' ').filter(Boolean))
      void api
        .job(key)
        // Only what differs is not told then; the pictures are there.
        .catch(() => null)
        .then((job) => {
          if (!over) setJobs((before) => new Map(before).set(key, job));
        });
    return () => {
      over = true;
    };
  }, [wanted, api]);
  return jobs;
}
