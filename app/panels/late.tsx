import { useEffect, useState, type ComponentType } from 'react';

const AGAIN_MS = 5000;

/**
 * A component that is loaded when it is first drawn. Unlike with React's `lazy`, what could not be loaded, since the
 * server was stopped, is tried again: when it is next asked for, and until then a boundary hears of it, or with `quiet`
 * every few seconds, while nothing is drawn.
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
      let timer: ReturnType<typeof setTimeout> | undefined;
      const attempt = (): void =>
        void load().then(
          (found) => {
            loaded = found.default;
            if (here) set({ Part: loaded, fault: null });
          },
          (error: unknown) => {
            if (!here) return;
            if (options.quiet) timer = setTimeout(attempt, AGAIN_MS);
            else set({ Part: null, fault: error });
          },
        );
      attempt();
      return () => {
        here = false;
        clearTimeout(timer);
      };
    }, [Part]);
    if (fault) throw fault;
    return Part && <Part {...props} />;
  };
}
