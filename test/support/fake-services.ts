import type { Artifact } from '../../graphs/artifact.ts';
import { EditError } from '../../graphs/errors.ts';
import type { Known } from '../../graphs/known.ts';
import type { Services } from '../../graphs/services.ts';

/**
 * Services that count. An edit ends when the test says so (`finish`), or at once with `immediate`; prompts that begin
 * with "fail" fail. With `begun` the service is at work on all of them, so that none can be cancelled.
 */
export function fakeServices(options: { immediate?: boolean; begun?: boolean } = {}) {
  const calls: string[] = [];
  const saved: string[] = [];
  const open = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  let running = 0;
  let most = 0;
  const services: Services = {
    edits: {
      edit({ key, input, signal }) {
        calls.push(key);
        running++;
        most = Math.max(most, running);
        const outputs = { image: artifactOf(key) };
        const known: Known = { status: 'done', outputs };
        const cancel = () =>
          options.begun || open.get(key)!.reject(new EditError('Cancelled.', 'cancelled', 'cancelled'));
        return new Promise<{ outputs: { image: Artifact }; known: Known }>((resolve, reject) => {
          const handle = { resolve: () => resolve({ outputs, known }), reject };
          open.set(key, handle);
          signal.addEventListener('abort', cancel);
          if (String(input.prompt).startsWith('fail')) handle.reject(new EditError('It failed.', 'test'));
          else if (options.immediate) handle.resolve();
        }).finally(() => {
          running--;
          signal.removeEventListener('abort', cancel);
        });
      },
    },
    outputs: {
      save: async ({ key, nameTemplate }) => {
        saved.push(key);
        return { file: nameTemplate, url: `/${nameTemplate}` };
      },
      saveSheet: async ({ key, nameTemplate, pictures, look }) => {
        saved.push(key);
        const file = `${nameTemplate} of ${pictures.length}.${look.format}`;
        return { file, url: `/${file}` };
      },
    },
    cache: { lookUp: async () => new Map() },
  };
  return { services, calls, saved, open, mostAtOnce: () => most };
}

export function artifactOf(key: string): Artifact {
  return { sha256: key, width: 8, height: 8, mediaType: 'image/png', bytes: 70 };
}
