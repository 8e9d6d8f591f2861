import { useEffect, useRef, useState } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import type { DifferenceReply, DifferenceRequest } from './difference.worker.ts';
import type { SidePicture } from './sides.ts';

export type Difference =
  | { readonly state: 'waiting' }
  | { readonly state: 'failed'; readonly message: string }
  | ({ readonly state: 'ready' } & Extract<DifferenceReply, { figure: unknown }>);

/** How far two pictures are apart, reckoned in a worker. The answer before stays until the next one is there. */
export function useDifference(a: SidePicture, b: SidePicture): Difference {
  const worker = useRef<Worker | null>(null);
  const [difference, setDifference] = useState<Difference>({ state: 'waiting' });
  const asked = useRef(0);

  useEffect(() => {
    const created = new Worker(new URL('./difference.worker.ts', import.meta.url), { type: 'module' });
    worker.current = created;
    created.onmessage = ({ data }: MessageEvent<DifferenceReply>) => {
      // Who steps through points fast wants the last one only.
      if (data.id !== asked.current) return;
      setDifference('figure' in data ? { state: 'ready', ...data } : { state: 'failed', message: data.message });
    };
    created.onerror = (event) => {
      event.preventDefault();
      setDifference({ state: 'failed', message: event.message || 'The part that compares could not be loaded.' });
    };
    return () => created.terminate();
  }, []);

  const [first, second, width, height] = [a.sha256, b.sha256, a.width, a.height];
  useEffect(() => {
    const request: DifferenceRequest = {
      id: ++asked.current,
      a: pictureUrl(first),
      b: pictureUrl(second),
      width,
      height,
    };
    worker.current?.postMessage(request);
  }, [first, second, width, height]);

  return difference;
}
