import { useCallback } from 'react';
import { useShell } from '../panels/shell.ts';
import { useEditor } from '../use-editor.ts';

/** A single picture that was dropped or pasted may carry its graph: then the user is asked, else `take` takes it. */
export function useOffer(): (file: File, take: () => void) => void {
  const editor = useEditor();
  const shell = useShell();
  return useCallback(
    (file, take) =>
      void import('../provenance/offer-graph.ts')
        .then(({ offerGraph }) => offerGraph(file, take, { editor, shell }))
        .catch((error: unknown) => {
          // What cannot be looked into can still be a picture; the server says what is wrong with it.
          take();
          shell.tellError(error);
        }),
    [editor, shell],
  );
}
