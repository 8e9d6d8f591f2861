import { createRoot } from 'react-dom/client';
import { nodeTypes } from '../nodes/index.ts';
import { App } from './App.tsx';
import { createApi } from './api.ts';
import { createDraftStorage } from './draft-storage.ts';
import { createEditor } from './editor.ts';
import { createFilePickers } from './file-pickers.ts';
import { createGraphFiles } from './graph-files.ts';
import { ErrorBoundary } from './panels/ErrorBoundary.tsx';
import { createNotices } from './notices.ts';
import { createSchedule } from './schedule.ts';
import { sessionMemory } from './interruption.ts';
import { createJobFeed } from './services/job-feed.ts';
import { startUp } from './start-up.ts';
import { createWebLock, givenLocks, ownLock, type Locks, type TabLock } from './tab-lock.ts';
import { createTabs, type Channel } from './tabs.ts';
import { followSystemTheme } from './theme.ts';
import { EditorContext } from './use-editor.ts';
import './theme.css';
import './base.css';

/** The first graph's photographs come into the store with the first question for them; nobody waits longer than this. */
const LONGEST_START_MS = 3000;

// Libraries that make <style> elements look for the page's nonce under this name.
const policy = document.querySelector<HTMLElement>('meta[property="csp-nonce"]');
Object.assign(globalThis, { __webpack_nonce__: policy?.nonce });

/** This page among the tabs and windows that have the same graph open. */
const tab = Math.random().toString(36).slice(2) + Date.now().toString(36);
const storage = createDraftStorage(tab);
const api = createApi();
const notices = createNotices();
// Not awaited here at the top: what is loaded on the way may need this very file, and each would wait for the other.
void begin();

async function begin(): Promise<void> {
  const locks = await givenLocks(navigator.locks);
  const editor = createEditor({
    api,
    feed: createJobFeed({ sharing: locks && { locks, channel: new BroadcastChannel('editloom-feed') } }),
    storage,
    nodeTypes,
    schedule: createSchedule(),
    onError: notices.tellError,
    onNotice: (text) => notices.tell({ kind: 'info', text }),
    memory: sessionMemory(),
    // Without them each tab stops for itself.
    locks,
    loadVersions: () => import('./versions/open.ts').then(({ openVersions }) => openVersions(nodeTypes)),
  });
  const files = createGraphFiles({ document: editor.document, storage, nodeTypes });
  const keepDraft = (): void => void editor.document.flush().catch(() => undefined);
  const channel = createChannel();
  const tabs = createTabs({
    tab,
    document: editor.document,
    storage,
    channel,
    lock: await createLock(locks, channel),
    memory: tabMemory(),
    load: () => import('./tab-talk.ts'),
    rescue: async ({ title, graph }) => {
      const book = await editor.versions.book();
      await book.keep({ title, graph }, 'asked', { pictures: [], name: 'Not saved before another tab took over' });
    },
    onError: notices.tellError,
  });
  editor.document.onRefused((text) =>
    notices.tell({ kind: 'info', text, action: { label: 'Edit here instead', act: () => void tabs.take() } }),
  );

  followSystemTheme();
  window.addEventListener('pagehide', () => {
    keepDraft();
    tabs.leave();
  });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keepDraft());
  window.addEventListener('beforeunload', (event) => {
    keepDraft();
    if (editor.document.isAtRisk() || tabs.store.getState().kept?.isVersion === false) event.preventDefault();
  });
  window.addEventListener('unhandledrejection', ({ reason }) => notices.tellError(reason));

  editor.loadSettings().catch(notices.tellError);
  const role = await tabs.start();
  const notice = role === 'writer' ? await startUp({ document: editor.document, firstGraph }) : null;

  createRoot(document.getElementById('root')!).render(
    <ErrorBoundary document={editor.document}>
      <EditorContext value={editor}>
        <App files={files} pickers={createFilePickers()} notices={notices} tabs={tabs} startNotice={notice} />
      </EditorContext>
    </ErrorBoundary>,
  );
}

async function firstGraph() {
  const [first] = await Promise.all([
    import('./first-graph.ts'),
    api.samples(AbortSignal.timeout(LONGEST_START_MS)).catch(() => []),
  ]);
  return first.firstGraph(nodeTypes);
}

/** The browser gives its locks to pages of https and of this machine only; the others settle it among themselves. */
async function createLock(locks: Locks | null, channel: Channel): Promise<TabLock> {
  if (locks) return createWebLock(locks, 'editloom-document');
  if (navigator.locks) return ownLock;
  const { createChannelLock } = await import('./channel-lock.ts');
  return createChannelLock(channel, tab);
}

/** Some browsers refuse that, too, where site data are blocked. */
function createChannel(): Channel {
  try {
    return new BroadcastChannel('editloom');
  } catch {
    return { postMessage: () => undefined, addEventListener: () => undefined };
  }
}

/** Outlives a reload of this tab, and nothing else. */
function tabMemory() {
  const name = 'editloom-writer';
  const attempt = (act: () => unknown): unknown => {
    try {
      return act();
    } catch {
      // Site data are blocked: then nothing is remembered.
      return null;
    }
  };
  return {
    wasWriter: (): boolean => attempt(() => sessionStorage.getItem(name)) !== null,
    remember: (isWriter: boolean): void =>
      void attempt(() => (isWriter ? sessionStorage.setItem(name, '1') : sessionStorage.removeItem(name))),
  };
}
