import type { z } from 'zod';
import type { Api } from '../api.ts';
import {
  checkEventSchema,
  cleanPlanSchema,
  cleanReplySchema,
  picturePageSchema,
  restoreReplySchema,
  roomReplySchema,
  storageReplySchema,
  type CheckEvent,
  type CleanPlan,
  type CleanReply,
  type CleanRequest,
  type PicturePage,
  type PlanRequest,
  type RoomReply,
  type StorageReply,
} from '../storage-wire.ts';

export type StorageApi = ReturnType<typeof createStorageApi>;

/** The calls about the room on the disk, apart from the others because they are loaded with their dialog only. */
export function createStorageApi({ ask }: Pick<Api, 'ask'>) {
  const json = async <S extends z.ZodType>(schema: S, path: string, init?: RequestInit): Promise<z.output<S>> =>
    schema.parse(await (await ask(path, init)).json());
  const body = (method: string, value: unknown): RequestInit => ({
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  });

  return {
    overview: (): Promise<StorageReply> => json(storageReplySchema, '/api/storage'),
    page: (group: string, offset: number): Promise<PicturePage> =>
      json(picturePageSchema, `/api/storage/pictures?${new URLSearchParams({ group, offset: String(offset) })}`),
    room: (edits: number): Promise<RoomReply> => json(roomReplySchema, `/api/storage/room?edits=${edits}`),
    name: async (pictures: readonly string[]): Promise<void> =>
      void (await ask('/api/storage/named', body('PUT', { pictures }))),
    plan: (request: PlanRequest): Promise<CleanPlan> =>
      json(cleanPlanSchema, '/api/storage/plan', body('POST', request)),
    clean: (request: CleanRequest): Promise<CleanReply> =>
      json(cleanReplySchema, '/api/storage/clean', body('POST', request)),
    restore: async (trash: string): Promise<number> =>
      (await json(restoreReplySchema, '/api/storage/restore', body('POST', { trash }))).pictures,
    /** Tells what is found as it is found; stopped with the signal. */
    async check(tell: (event: CheckEvent) => void, signal: AbortSignal): Promise<void> {
      const reply = await ask('/api/storage/check', { method: 'POST', signal });
      for await (const line of linesOf(reply.body!)) tell(checkEventSchema.parse(JSON.parse(line)));
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) if (line) yield line;
    if (done) return;
  }
}
