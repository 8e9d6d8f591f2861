import { pictureUrl, type Artifact } from '../../graphs/artifact.ts';
import { pictureFieldOf } from '../canvas/fields.ts';
import type { Editor } from '../editor.ts';
import type { GalleryName } from '../gallery-wire.ts';
import { pictureFileName } from '../panels/picture-name.ts';
import type { DialogState, Shell } from '../panels/shell.ts';
import type { GalleryApi } from '../services/gallery-api.ts';
import { createStorageApi } from '../services/storage-api.ts';
import { fileNamesOf } from './file-names.ts';
import { countWords } from './words.ts';

export const mostCompared = 4;
/** As many as an export takes. */
const mostExported = 10_000;
/** So many nodes are added by one press; more is hardly meant. */
const mostInputs = 50;

export type GalleryActions = ReturnType<typeof createGalleryActions>;

/** What can be done with pictures of the gallery. */
export function createGalleryActions(options: {
  editor: Editor;
  shell: Shell;
  api: GalleryApi;
  /** The gallery as it stands, to come back to. */
  back: () => DialogState;
  /** The graph comes to the fore. */
  onLeave: () => void;
}) {
  const { editor, shell, api, back, onLeave } = options;
  const { document, nodeTypes } = editor;

  function saveAs(blob: Blob, name: string): void {
    const url = URL.createObjectURL(blob);
    download(url, name);
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  async function artifactOf({ key, sha256 }: GalleryName): Promise<Artifact | null> {
    const job = await editor.api.job(key);
    return job.artifacts.find((artifact) => artifact.sha256 === sha256) ?? null;
  }

  return {
    async rate(names: readonly GalleryName[], rating: number): Promise<void> {
      try {
        for (const { key } of names) await editor.api.rate(key, rating);
      } catch (error) {
        shell.tellError(error);
      }
    },

    compare(names: readonly GalleryName[]): void {
      if (names.length > mostCompared) {
        shell.tell({ kind: 'info', text: `Up to ${mostCompared} pictures can be compared. Choose fewer.` });
        return;
      }
      if (names.length === 0) return;
      const cells = names.map(({ key, sha256, prompt, seed }) => ({
        key,
        sha256,
        title: `${shortened(prompt)} · seed ${seed}`,
      }));
      shell.show({ type: 'compare', cells, back: back() });
    },

    /** One picture as it is; several in a zip. */
    async save(names: readonly GalleryName[]): Promise<void> {
      const [first] = names;
      if (!first) return;
      if (names.length === 1)
        return download(
          pictureUrl(first.sha256),
          pictureFileName([first.prompt.slice(0, 80), `seed ${first.seed}`], first.mediaType),
        );
      try {
        saveAs(await api.zip(fileNamesOf(names)), 'editloom-pictures.zip');
      } catch (error) {
        shell.tellError(error);
      }
    },

    /** A contact sheet, a page, tables or a zip of these pictures. */
    async exportThem(names: readonly GalleryName[]): Promise<void> {
      if (names.length === 0) return;
      if (names.length > mostExported) {
        const text = `Up to ${countWords(mostExported)} pictures can be exported at once. Choose fewer.`;
        return shell.tell({ kind: 'info', text });
      }
      try {
        const pictures = await api.entries(names.map(({ key }) => key));
        shell.show({ type: 'export', pictures, back: back() });
      } catch (error) {
        shell.tellError(error);
      }
    },

    /** New nodes that hold these pictures, in the open graph. */
    async useAsInput(names: readonly GalleryName[]): Promise<void> {
      const type = [...nodeTypes.values()].find(pictureFieldOf);
      const field = type && pictureFieldOf(type);
      if (!type || !field || names.length === 0 || document.refuses()) return;
      if (names.length > mostInputs) {
        shell.tell({ kind: 'info', text: `Up to ${mostInputs} pictures can be used as inputs at once. Choose fewer.` });
        return;
      }
      try {
        const pictures = await Promise.all(names.map(async (name) => ({ name, artifact: await artifactOf(name) })));
        let added = 0;
        for (const { name, artifact } of pictures) {
          if (!artifact) continue;
          const value = {
            ...artifact,
            name: pictureFileName([name.prompt.slice(0, 80), `seed ${name.seed}`], name.mediaType),
          };
          if (shell.canvas()?.addNode(type.type, { [field.name]: value })) added++;
        }
        onLeave();
        const text =
          added === 1 ? 'The picture is an input of the graph now.' : `${added} pictures are inputs of the graph now.`;
        shell.tell({ kind: 'info', text });
      } catch (error) {
        shell.tellError(error);
      }
    },

    async putBack(trash: string): Promise<void> {
      try {
        await createStorageApi(editor.api).restore(trash);
        await editor.plans.refresh();
      } catch (error) {
        shell.tellError(error);
      }
    },
  };
}

function download(href: string, name: string): void {
  const link = window.document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}

const shortened = (prompt: string): string => (prompt.length > 60 ? `${prompt.slice(0, 59)}…` : prompt);
