import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import type { FlowEdge, FlowNode } from './flow.ts';

/**
 * Two fingers zoom and move the view wherever they stand. React Flow does that on empty canvas only, and on a phone
 * there is little of it. Loaded where there are fingers.
 */
export function usePinch(frame: React.RefObject<HTMLElement | null>): void {
  const flow = useReactFlow<FlowNode, FlowEdge>();
  useEffect(() => {
    const element = frame.current;
    if (!element || navigator.maxTouchPoints === 0) return;
    let stop = (): void => undefined;
    let gone = false;
    void import('./pinch.ts').then(
      ({ followPinch }) => {
        if (!gone) stop = followPinch(element, flow);
      },
      () => undefined,
    );
    return () => {
      gone = true;
      stop();
    };
  }, [flow, frame]);
}
