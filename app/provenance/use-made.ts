import { useEffect, useState } from 'react';
import { HttpError } from '../api.ts';
import { useEditor } from '../use-editor.ts';
import type { Job } from '../wire.ts';
import { findMade, type Found } from './find-made.ts';

export type Finding =
  | { readonly status: 'looking' | 'nothing' }
  | { readonly status: 'found'; readonly found: Found }
  | { readonly status: 'fault'; readonly message: string };

/** How the picture of a key was made, as soon as it is known. */
export function useMade(key: string): Finding & { readonly again: () => void } {
  const { api, nodeTypes } = useEditor();
  const [state, setState] = useState<{ key: string; finding: Finding }>({ key, finding: { status: 'looking' } });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isWanted = true;
    const tell = (finding: Finding): void => {
      if (isWanted) setState({ key, finding });
    };
    findMade({ api, nodeTypes }, key).then(
      (found) => tell(found ? { status: 'found', found } : { status: 'nothing' }),
      (error: unknown) => tell({ status: 'fault', message: (error as Error).message }),
    );
    return () => void (isWanted = false);
  }, [api, nodeTypes, key, attempt]);
  const finding: Finding = state.key === key ? state.finding : { status: 'looking' };
  return { ...finding, again: () => setAttempt((count) => count + 1) };
}

/** The entries of the job book of these keys, as they come; a key that it does not know has none. */
export function useJobs(keys: readonly string[]): ReadonlyMap<string, Job> {
  const { api } = useEditor();
  const [jobs, setJobs] = useState<ReadonlyMap<string, Job>>(() => new Map());
  const wanted = keys.join(' ');
  useEffect(() => {
    let isWanted = true;
    for (const key of wanted.split(' ').filter(Boolean))
      api.job(key).then(
        (job) => isWanted && setJobs((before) => new Map(before).set(key, job)),
        (error: unknown) => {
          // The chain shows what is known without; a server that is away has its own banner.
          if (!(error instanceof HttpError)) throw error;
        },
      );
    return () => void (isWanted = false);
  }, [api, wanted]);
  return jobs;
}
