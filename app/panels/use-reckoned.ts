import { useEffect, useState } from 'react';
import type { Count } from '../../graphs/known.ts';
import { useEditor } from '../use-editor.ts';

export type Reckoned =
  | { readonly type: 'reckoning' }
  | { readonly type: 'told'; readonly count: Count }
  | { readonly type: 'failed'; readonly message: string };

/** What new takes would make, with all that comes with them; `same` null = no retry, the takes alone. */
export function useReckoned(same: readonly string[] | null, newTake: readonly string[]): Reckoned {
  const { reckon } = useEditor();
  const wish = JSON.stringify([same, newTake]);
  const [told, setTold] = useState<{ wish: string; reckoned: Reckoned } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const tell = (reckoned: Reckoned): void => void (isCurrent && setTold({ wish, reckoned }));
    const [asked, takes] = JSON.parse(wish) as [string[] | null, string[]];
    reckon({ same: asked, newTake: takes }).then(
      ({ count }) => tell({ type: 'told', count }),
      (error: unknown) => tell({ type: 'failed', message: (error as Error).message }),
    );
    return () => void (isCurrent = false);
  }, [reckon, wish]);
  return told?.wish === wish ? told.reckoned : { type: 'reckoning' };
}
