import { useEffect, useState, type ComponentType } from 'react';

/**
 * A component that is loaded when it is first drawn. Unlike with React's `lazy`, what could not be loaded, since the
 * server was stopped, is tried again when it is next asked for; `quiet` draws nothing meanwhile, else a boundary hears of it.
 */
export function late<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  options: { quiet?: boolean } = {},
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function Late(props: P) {
    const [{ Part, fault }, set] = useState<{ Part: ComponentType<P> | null; fault: unknown }>({
      Part: loaded,
      fault: null,
    });
    useEffect(() => {
      if (Part) return;
      let here = true;
      load().then(
        (found) => {
          loaded = found.default;
          if (here) set({ Part: loaded, fault: null });
        },
        (error: unknown) => {
          if (here && !options.quiet) set({ Part: null, fault: error });
        },
      );
      return () => {
        here = false;
      };
    }, [Part]);
    if (fault) throw fault;
    return Part && <Part {...props} />;
  };
}
