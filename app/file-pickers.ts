/** The part of the File System Access API that we use; not in TypeScript's DOM library, not in Firefox and Safari. */
type FileHandle = {
  getFile(): Promise<File>;
  createWritable(): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>;
};
type Pickers = {
  showSaveFilePicker?: (options: object) => Promise<FileHandle>;
  showOpenFilePicker?: (options: object) => Promise<FileHandle[]>;
};

export type SaveOutcome = 'written' | 'downloaded' | 'cancelled';

const graphTypes = [{ description: 'Editloom graph', accept: { 'application/json': ['.json'] } }];
const openTypes = [
  {
    description: 'Editloom graph, or a picture that a graph saved',
    accept: { 'application/json': ['.json'], 'image/*': ['.png', '.jpg', '.jpeg', '.webp'] },
  },
];

/** Lets the user choose files; remembers the file of the open document, so that saving again needs no second question. */
export function createFilePickers(page: Window = window) {
  const { showSaveFilePicker, showOpenFilePicker } = page as unknown as Pickers;
  let current: FileHandle | null = null;

  return {
    /** Another document is open now: the next save asks where to. */
    forget(): void {
      current = null;
    },
    async save(name: string, text: string): Promise<SaveOutcome> {
      if (!showSaveFilePicker) {
        download(page, name, new Blob([text], { type: 'application/json' }));
        return 'downloaded';
      }
      try {
        current ??= await showSaveFilePicker.call(page, { suggestedName: name, types: graphTypes });
        const writable = await current.createWritable();
        await writable.write(text);
        await writable.close();
        return 'written';
      } catch (error) {
        if (isAbort(error)) return 'cancelled';
        current = null;
        throw error;
      }
    },
    /** Null when the user chose none. `keep` makes the next save write into the same file. */
    async choose(): Promise<{ file: File; keep: () => void } | null> {
      if (!showOpenFilePicker) {
        const file = await chooseByInput(page);
        return file && { file, keep: () => (current = null) };
      }
      try {
        const [handle] = await showOpenFilePicker.call(page, { types: openTypes });
        if (!handle) return null;
        const file = await handle.getFile();
        return { file, keep: () => (current = file.type.startsWith('image/') ? null : handle) };
      } catch (error) {
        if (isAbort(error)) return null;
        throw error;
      }
    },
  };
}

export type FilePickers = ReturnType<typeof createFilePickers>;

export function download(page: Window, name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = page.document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click has returned.
  page.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function chooseByInput(page: Window): Promise<File | null> {
  return new Promise((resolve) => {
    const input = page.document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json,image/png,image/jpeg,image/webp';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
