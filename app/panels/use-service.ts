import { useState } from 'react';
import { HttpError } from '../api.ts';
import { useEditor, useRuns } from '../use-editor.ts';
import type { SettingsReply } from '../settings-wire.ts';

/** Sends a change of settings or token, keeps what the server answers, and holds its refusal for the field. */
export function useService() {
  const { takeSettings } = useEditor();
  const running = useRuns(({ run }) => run?.status === 'running');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function change(send: () => Promise<SettingsReply>): Promise<boolean> {
    setBusy(true);
    setRefusal(null);
    try {
      takeSettings(await send());
      return true;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      setRefusal(error.message);
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { change, refusal, busy, running };
}
