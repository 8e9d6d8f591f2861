import { useEffect, useState } from 'react';
import { useEditor, useServer } from '../use-editor.ts';
import type { Sample } from '../wire.ts';

/** The sample photographs; asked for again when the server answers after it did not. */
export function useSamples(): readonly Sample[] {
  const { api } = useEditor();
  const online = useServer((state) => state.online && state.reply !== null);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  useEffect(() => {
    if (!online) return;
    const leaving = new AbortController();
    // Without samples the palette has one section less; a lost server is told of by its banner.
    api.samples(leaving.signal).then(setSamples, () => undefined);
    return () => leaving.abort();
  }, [api, online]);
  return samples;
}
