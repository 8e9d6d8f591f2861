import { createStore, get, set } from 'idb-keyval';
import { createRoot } from 'react-dom/client';
import { nodeTypes } from '../nodes/index.ts';
import { App } from './App.tsx';
import { createApi } from './api.ts';
import type { DraftStorage } from './document.ts';
import { createEditor } from './editor.ts';
import { createFilePickers } from './file-pickers.ts';
import { createGraphFiles } from './graph-files.ts';
import { ErrorBoundary } from './panels/ErrorBoundary.tsx';
import { createNotices } from './notices.ts';
import { createSchedule } from './schedule.ts';
import { createJobFeed } from './services/job-feed.ts';
import { startUp } from './start-up.ts';
import { followSystemTheme } from './theme.ts';
import { EditorContext } from './use-editor.ts';
import './theme.css';
import './base.css';

/** The first graph's photographs come into the store with the first question for them; nobody waits longer than this. */
const LONGEST_START_MS = 3000;

const drafts = createStore('editloom', 'drafts');
const storage: DraftStorage = { get: (name) => get(name, drafts), set: (name, value) => set(name, value, drafts) };
const api = createApi();
const notices = createNotices();
const editor = createEditor({
  api,
  feed: createJobFeed(),
  storage,
  nodeTypes,
  schedule: createSchedule(),
  onError: notices.tellError,
  loadVersions: () => import('./versions/open.ts').then(({ openVersions }) => openVersions(nodeTypes)),
});
const files = createGraphFiles({ document: editor.document, storage, nodeTypes });

followSystemTheme();
window.addEventListener('pagehide', keepDraft);
document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keepDraft());
window.addEventListener('beforeunload', (event) => {
  if (editor.document.get().saved.status === 'failed') event.preventDefault();
});
window.addEventListener('unhandledrejection', ({ reason }) => notices.tellError(reason));

editor.loadSettings().catch(notices.tellError);
const notice = await startUp({ document: editor.document, firstGraph });

createRoot(document.getElementById('root')!).render(
  <ErrorBoundary document={editor.document}>
    <EditorContext value={editor}>
      <App files={files} pickers={createFilePickers()} notices={notices} startNotice={notice} />
    </EditorContext>
  </ErrorBoundary>,
);

function keepDraft(): void {
  void editor.document.flush().catch(() => undefined);
}

async function firstGraph() {
  const [{ templates }] = await Promise.all([
    import('./templates.ts'),
    api.samples(AbortSignal.timeout(LONGEST_START_MS)).catch(() => []),
  ]);
  return templates(nodeTypes)[0]!;
}
