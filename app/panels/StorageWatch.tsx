import { useEffect, useState } from 'react';
import type { Notices } from '../notices.ts';
import { askToPersist, isPersisted } from '../services/browser-storage.ts';
import { createStorageApi } from '../services/storage-api.ts';
import { createStorageWatch } from '../storage-watch.ts';
import { useEditor, useRuns } from '../use-editor.ts';

/** Shows nothing itself: looks after the room that is left whenever a run begins, and tells when it gets short. */
export default function StorageWatch({ notices, onShow }: { notices: Notices; onShow: () => void }) {
  const { api, plans } = useEditor();
  const startedAt = useRuns(({ run }) => run?.startedAt ?? null);
  const [look] = useState(() =>
    createStorageWatch({
      room: createStorageApi(api).room,
      estimate: async () => {
        const { usage = null, quota = null } = (await navigator.storage?.estimate().catch(() => null)) ?? {};
        return { usage, quota };
      },
      isPersisted,
      askToPersist,
      tell: (text) => notices.tell({ kind: 'info', text, action: { label: 'Storage', act: onShow } }),
    }),
  );
  useEffect(() => {
    void look(plans.get().count.toPay, { mayAsk: startedAt !== null }).catch(notices.tellError);
  }, [look, plans, startedAt, notices]);
  return null;
}
