import type { Position } from '../../graphs/graph.ts';
import { pictureFieldOf } from './fields.ts';
import { freePlace } from './layout.ts';
import type { CommandWorld, Placing } from './placing.ts';
import { guessSize } from './size.ts';

export type PictureCommands = ReturnType<typeof createPictureCommands>;

/** Pictures that were dropped or pasted: files and addresses. */
export function createPictureCommands({ editor, view, notice }: CommandWorld, { centre, boxes, makeNode }: Placing) {
  const { document, nodeTypes } = editor;
  const graph = () => document.get().graph;

  /** The pictures become nodes of the type that holds one; those that are refused are told of, by name. */
  async function addPictures(files: readonly { name: string; take: () => Promise<unknown> }[], at?: Position) {
    const type = [...nodeTypes.values()].find(pictureFieldOf);
    const field = type && pictureFieldOf(type);
    if (!type || !field || files.length === 0 || document.refuses()) return;
    const { opened } = document.get();
    const target = files.length === 1 && !at ? selectedPictureNode() : null;
    view.set(({ uploading }) => ({ uploading: uploading + files.length }));
    const values = await Promise.all(
      files.map(async ({ name, take }) => {
        try {
          return await take();
        } catch (error) {
          const { message } = error as Error;
          notice({ kind: 'error', text: message.includes(name) ? message : `${name}: ${message}` });
          return null;
        } finally {
          view.set(({ uploading }) => ({ uploading: uploading - 1 }));
        }
      }),
    );
    const pictures = values.filter((value) => value !== null);
    // Another tab may have taken over while they were uploaded, or another graph been opened.
    if (pictures.length === 0 || document.get().opened !== opened || document.refuses()) return;
    if (target && graph().nodes[target.node]) {
      document.change({ type: 'setParam', node: target.node, name: target.field, value: pictures[0] });
      return;
    }
    const start = at ?? centre();
    const taken = boxes({ grown: !at });
    const ids = new Set<string>();
    const nodes = pictures.map((value, i) => {
      const node = makeNode(type, { [field.name]: value }, undefined, ids);
      ids.add(node.id);
      const { width, height } = guessSize(type, node);
      const wish = { x: start.x - 40 + i * 48, y: start.y - 24 + i * 48, width, height: height + 80 };
      const position = freePlace(wish, taken);
      taken.push({ ...wish, ...position });
      return { ...node, position };
    });
    document.change({ type: 'add', nodes });
    view.select(ids);
  }

  function selectedPictureNode(): { node: string; field: string } | null {
    const [only, ...others] = view.meant();
    const type = only === undefined || others.length > 0 ? undefined : nodeTypes.get(graph().nodes[only]?.type ?? '');
    const field = type && pictureFieldOf(type);
    return field ? { node: only!, field: field.name } : null;
  }

  return {
    addFiles: (files: readonly File[], at?: Position) =>
      addPictures(
        files.map((file) => ({
          name: file.name || 'The pasted picture',
          take: async () => ({ ...(await editor.api.upload(file, file.name)), name: file.name || 'pasted picture' }),
        })),
        at,
      ),
    addAddress: (address: string, at?: Position) =>
      addPictures(
        [
          {
            name: address,
            take: async () => ({ ...(await editor.api.uploadFrom(address)), name: nameOfAddress(address) }),
          },
        ],
        at,
      ),
  };
}

function nameOfAddress(address: string): string {
  try {
    return decodeURIComponent(new URL(address).pathname.split('/').pop() ?? '').slice(0, 400) || address.slice(0, 400);
  } catch {
    return address.slice(0, 400);
  }
}
