import { useCallback, useState } from 'react';
import { useNarrow } from './use-media.ts';

/**
 * Whether the node types are in view: beside the canvas until they are put away, or in a drawer over it, which is only
 * there when it is asked for. So a window that is made narrow opens no drawer over what one looks at.
 */
export function usePalette() {
  const narrow = useNarrow();
  const [side, setSide] = useState(true);
  const [drawer, setDrawer] = useState(false);
  const [was, setWas] = useState(narrow);
  if (was !== narrow) {
    setWas(narrow);
    setDrawer(false);
  }
  const toggle = useCallback(
    () => (narrow ? setDrawer((open) => !open) : setSide((open) => !open)),
    [narrow, setDrawer, setSide],
  );
  return {
    side: side && !narrow,
    drawer: drawer && narrow,
    toggle,
    openDrawer: (): void => setDrawer(true),
    closeDrawer: (): void => setDrawer(false),
  };
}
