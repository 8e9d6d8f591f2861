import { z } from 'zod';
import type { Api } from '../api.ts';
import { reportSchema, setAsideSchema, type Report, type SetAside } from '../wire-care.ts';

const listSchema = z.array(setAsideSchema);

/** Calls that few ever need; loaded with the dialogs that make them. */
export function createCareApi(ask: Api['ask']) {
  return {
    setAside: async (): Promise<SetAside[]> => listSchema.parse(await (await ask('/api/set-aside')).json()),
    /** Answers with what is left to see. */
    markSeen: async (id: string): Promise<SetAside[]> =>
      listSchema.parse(await (await ask(`/api/set-aside/${encodeURIComponent(id)}/seen`, { method: 'POST' })).json()),
    report: async (key: string | null): Promise<Report> =>
      reportSchema.parse(await (await ask(`/api/report${key === null ? '' : `?key=${key}`}`)).json()),
  };
}

export const setAsideFileUrl = (name: string): string =>
  `/api/set-aside/files/${name.split('/').map(encodeURIComponent).join('/')}`;
