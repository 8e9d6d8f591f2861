import { useEffect, useState } from 'react';

/** Seconds that each picture is shown. Faster flashing can hurt people (WCAG 2.3.1), and is no use. */
export const SHORTEST_BLINK = 0.2;
export const LONGEST_BLINK = 2;

export type Blink = ReturnType<typeof useBlink>;

/** One picture after the other in the same place. Who wants less motion goes on by hand. */
export function useBlink(count: number, on: boolean) {
  const [seconds, setSeconds] = useState(0.6);
  const [held, setHeld] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const [turn, setTurn] = useState(0);
  const next = (): void => setTurn((before) => before + 1);

  useEffect(() => {
    if (!on || held || count < 2) return;
    const timer = setInterval(() => setTurn((before) => before + 1), seconds * 1000);
    return () => clearInterval(timer);
  }, [on, held, count, seconds]);

  return {
    shown: count === 0 ? 0 : turn % count,
    held,
    seconds,
    setSeconds,
    toggle: () => setHeld((before) => !before),
    next: () => {
      setHeld(true);
      next();
    },
  };
}
