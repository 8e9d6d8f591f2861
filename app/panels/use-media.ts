import { useSyncExternalStore } from 'react';

/** Where the panels fold up: a telephone, or a narrow window. The same width stands in the style sheets. */
const NARROW = '(max-width: 760px)';

export function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrow);
}

function subscribe(changed: () => void): () => void {
  const media = matchMedia(NARROW);
  media.addEventListener('change', changed);
  return () => media.removeEventListener('change', changed);
}
