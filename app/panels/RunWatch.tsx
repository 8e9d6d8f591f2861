import { useEffect, useRef } from 'react';
import { useRuns } from '../use-editor.ts';
import { useShell } from './shell.ts';

/** Shows nothing itself: asks how to go on when a run has stopped at a budget. With `quiet` the bar alone tells. */
export default function RunWatch({ quiet }: { quiet: boolean }) {
  const shell = useShell();
  const run = useRuns((state) => state.run);
  const asked = useRef<number | null>(null);
  const held = run?.status === 'ended' && (run.held === 'budget' || run.held === 'day') ? run.held : null;
  const startedAt = run?.startedAt ?? null;
  useEffect(() => {
    if (held === null || startedAt === asked.current) return;
    asked.current = startedAt;
    if (!quiet) shell.show({ type: 'held', by: held });
    // oxlint-disable-next-line react/exhaustive-deps -- a dialog that closes later does not bring the question up again
  }, [held, startedAt, shell]);
  return null;
}
