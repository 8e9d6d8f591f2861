import { useRef } from 'react';
import { useCanvas } from './view.ts';

/** A longer pause, or leaving the field, ends a burst of typing. */
const PAUSE_MS = 1200;

/** Names the bursts of typing into one field: each is one undo step. */
export function useTyping(field: string): { gesture: () => string; end: () => void } {
  const { view } = useCanvas();
  const burst = useRef<{ name: string; at: number } | null>(null);
  return {
    gesture: (): string => {
      const now = performance.now();
      const name =
        burst.current && now - burst.current.at < PAUSE_MS ? burst.current.name : view.gesture(`typing-${field}`);
      burst.current = { name, at: now };
      return name;
    },
    end: (): void => {
      burst.current = null;
    },
  };
}
