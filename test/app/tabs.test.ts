import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createChannelLock } from '../../app/channel-lock.ts';
import { FILE_VERSION, writeGraphFile } from '../../graphs/file.ts';
import { createBrowser, type FakeTab } from '../support/browser-tabs.ts';
import { chain } from '../support/sketch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets everything that is under way happen, and this much time pass. */
const pass = (ms = 500): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function opened(starting: Promise<FakeTab>): Promise<FakeTab> {
  await pass(4000);
  return starting;
}

async function twoTabs(browser = createBrowser(writeGraphFile('Shared', chain()))) {
  const one = await opened(browser.open());
  const two = await opened(browser.open());
  return { browser, one, two };
}

it('the first tab writes; the second one shows what it has, and refuses every change with the reason', async () => {
  const { browser, one, two } = await twoTabs();
  expect([one.role(), two.role()]).toEqual(['writer', 'reader']);
  expect(two.document.get().title).toBe('Shared');
  two.write('not here');
  two.document.undo();
  two.document.redo();
  two.document.setTitle('not here');
  two.document.open({ title: 'not here', graph: chain() });
  expect(two.document.putBack({ title: 'not here', graph: chain() })).toBe(false);
  expect(two.refusals).toEqual(Array(6).fill('This graph is open in another tab, so it can only be looked at here.'));
  await pass();
  expect(two.document.get()).toMatchObject({ title: 'Shared', graph: one.document.get().graph });
  expect(browser.entries.get('draft')).toBe(writeGraphFile('Shared', chain()));
  expect(browser.errors).toEqual([]);
});

it('changes show in the other tab, what was not touched keeps its identity, and a removed node goes', async () => {
  const { one, two } = await twoTabs();
  const before = two.document.get().graph;
  one.write('blue');
  one.document.setTitle('Renamed');
  await pass();
  expect(two.prompt()).toBe('blue');
  expect(two.document.get().title).toBe('Renamed');
  for (const id of Object.keys(before.nodes).filter((node) => node !== 'a'))
    expect(two.document.get().graph.nodes[id]).toBe(before.nodes[id]);
  one.document.change({ type: 'remove', nodes: ['a'] });
  await pass();
  expect(two.document.get().graph).toEqual(one.document.get().graph);
  const { opened: times } = two.document.get();
  one.document.open({ title: 'Another', graph: chain() });
  await pass();
  expect(two.document.get()).toMatchObject({ title: 'Another', opened: times + 1 });
});

it('the writer hands over all it has, with what can be undone, and becomes a reader', async () => {
  const { browser, one, two } = await twoTabs();
  const { graph } = one.document.get();
  one.write('blue');
  void two.tabs.take();
  await pass();
  expect([one.role(), two.role()]).toEqual(['reader', 'writer']);
  expect(one.document.get().readOnly).toMatch(/another tab/);
  two.write('green');
  await pass();
  expect(one.prompt()).toBe('green');
  expect(browser.entries.get('draft')).toContain('green');
  two.document.undo();
  two.document.undo();
  expect(two.document.get().graph).toEqual(graph);
  expect(one.tabs.store.getState().kept).toBeNull();
  void one.tabs.take();
  await pass();
  expect([one.role(), two.role()]).toEqual(['writer', 'reader']);
});

it('a writer that could not save hands its changes over all the same', async () => {
  const { browser, one, two } = await twoTabs();
  one.state.failing = true;
  one.write('never written');
  await pass();
  expect(one.document.get().saved.status).toBe('failed');
  void two.tabs.take();
  await pass();
  expect(two.prompt()).toBe('never written');
  expect(browser.entries.get('draft')).toContain('never written');
});

it('when the writer closes, the tab that has waited longest goes on with everything, also with what can be undone', async () => {
  const { browser, one, two } = await twoTabs();
  const three = await opened(browser.open());
  const { graph } = one.document.get();
  one.write('blue');
  await one.close();
  await pass();
  expect([two.role(), three.role()]).toEqual(['writer', 'reader']);
  expect(two.prompt()).toBe('blue');
  two.document.undo();
  expect(two.document.get().graph).toEqual(graph);
});

it('when the writer crashes, a reader goes on with what was saved', async () => {
  const { one, two } = await twoTabs();
  one.write('blue');
  await pass(1000);
  one.crash();
  await pass();
  expect(two.role()).toBe('writer');
  expect(two.prompt()).toBe('blue');
  two.write('green');
  expect(two.refusals).toEqual([]);
});

it('a writer that is loaded again gets its place back while the other tab has not changed anything', async () => {
  const { browser, one, two } = await twoTabs();
  await one.close();
  await pass();
  expect(two.role()).toBe('writer');
  const again = await opened(browser.open({ wasWriter: true }));
  expect([again.role(), two.role()]).toEqual(['writer', 'reader']);

  await again.close();
  await pass();
  two.write('I work here now');
  await pass();
  const late = await opened(browser.open({ wasWriter: true }));
  expect([late.role(), two.role()]).toEqual(['reader', 'writer']);
});

it('a copied tab takes nothing from a writer that is at work', async () => {
  const { browser, one } = await twoTabs();
  const copy = await opened(browser.open({ wasWriter: true }));
  expect([one.role(), copy.role()]).toEqual(['writer', 'reader']);
});

it('a frozen writer is taken over without its answer; what it had not saved is kept, and never written over the other’s', async () => {
  const { browser, one, two } = await twoTabs();
  one.state.failing = true;
  one.write('unsaved');
  await pass();
  one.state.frozen = true;
  void two.tabs.take();
  await pass(5000);
  expect(two.role()).toBe('writer');
  two.write('green');
  await pass();
  one.state.failing = false;
  one.state.frozen = false;
  browser.hub.thaw(one.tab);
  await pass(60_000);
  expect(one.role()).toBe('reader');
  expect(one.tabs.store.getState().kept).toMatchObject({ title: 'Shared', isVersion: true });
  expect(one.rescued[0]?.graph.nodes.a?.params.prompt).toBe('unsaved');
  expect(one.prompt()).toBe('green');
  expect(browser.entries.get('draft')).toContain('green');
  one.tabs.forgetKept();
  expect(one.tabs.store.getState().kept).toBeNull();
});

it('a writer that wakes up and hands over before it hears that its lock is gone keeps its change all the same', async () => {
  const { browser, one, two } = await twoTabs();
  one.state.failing = true;
  one.write('unsaved');
  await pass();
  one.state.frozen = true;
  browser.lock.delayLoss(one.tab);
  void two.tabs.take();
  await pass(5000);
  expect([one.role(), two.role()]).toEqual(['writer', 'writer']);
  one.state.frozen = false;
  browser.hub.thaw(one.tab);
  await pass(50);
  browser.lock.tellLoss();
  await pass(10_000);
  expect([one.role(), two.role()]).toEqual(['reader', 'writer']);
  expect(one.rescued[0]?.graph.nodes.a?.params.prompt).toBe('unsaved');
});

it('a second tab beside a frozen writer shows the draft and says that the other one is silent', async () => {
  const browser = createBrowser(writeGraphFile('Shared', chain()));
  const one = await opened(browser.open());
  one.state.frozen = true;
  const two = await opened(browser.open());
  expect(two.tabs.store.getState()).toMatchObject({ role: 'reader', other: 'silent' });
  expect(two.document.get().title).toBe('Shared');
  one.state.frozen = false;
  browser.hub.thaw(one.tab);
  one.write('awake');
  await pass();
  expect(two.tabs.store.getState().other).toBe('live');
  expect(two.prompt()).toBe('awake');
});

it('two tabs that ask at once end with one writer', async () => {
  const { browser, one, two } = await twoTabs();
  const three = await opened(browser.open());
  void two.tabs.take();
  void three.tabs.take();
  await pass(12_000);
  expect([one.role(), two.role(), three.role()].filter((role) => role === 'writer')).toHaveLength(1);
  expect(browser.errors).toEqual([]);
});

it('a tab that asks for the writing and is gone leaves it where it was', async () => {
  const { browser, one } = await twoTabs();
  browser.hub.say({
    format: 'editloom-tabs',
    version: FILE_VERSION,
    from: 'gone',
    type: 'take',
    onlyIfUnchanged: false,
  });
  await pass();
  expect(one.role()).toBe('reader');
  await pass(12_000);
  expect(one.role()).toBe('writer');
  one.write('still here');
  expect(one.prompt()).toBe('still here');
});

it('a newer Editloom in another tab is not written over: this tab asks to be loaded again', async () => {
  const { browser, two } = await twoTabs();
  browser.hub.say({
    format: 'editloom-tabs',
    version: FILE_VERSION + 1,
    from: 'new',
    type: 'state',
    serial: 1,
    title: 'New',
    graph: {},
    opened: 1,
  });
  await pass();
  expect(two.tabs.store.getState().other).toBe('newer');
  await two.tabs.take();
  expect(two.role()).toBe('reader');
  expect(two.document.get().title).toBe('Shared');
});

it('a reader does not go on with the draft of a newer Editloom that is gone', async () => {
  const { browser, one, two } = await twoTabs();
  const newer = JSON.stringify({ format: 'editloom-graph', version: FILE_VERSION + 1, nodes: {} });
  one.state.frozen = true;
  browser.entries.set('draft', newer);
  one.crash();
  await pass();
  expect(two.tabs.store.getState()).toMatchObject({ role: 'reader', other: 'newer' });
  expect(browser.entries.get('draft')).toBe(newer);
});

it('what else is said on the channel does not matter', async () => {
  const { browser, one, two } = await twoTabs();
  for (const data of [null, 7, 'text', {}, { format: 'editloom-tabs' }]) browser.hub.say(data);
  await pass();
  expect([one.role(), two.role()]).toEqual(['writer', 'reader']);
  expect(browser.errors).toEqual([]);
});

it('without Web Locks the tabs settle it among themselves, also when the writer closes', async () => {
  const browser = createBrowser(writeGraphFile('Shared', chain()));
  const locks = (tab: string, channel: Parameters<typeof createChannelLock>[0]) => createChannelLock(channel, tab);
  const one = await opened(browser.open({ locks }));
  const two = await opened(browser.open({ locks }));
  expect([one.role(), two.role()]).toEqual(['writer', 'reader']);
  void two.tabs.take();
  await pass(1000);
  expect([one.role(), two.role()]).toEqual(['reader', 'writer']);
  two.crash();
  void one.tabs.take();
  await pass(6000);
  expect(one.role()).toBe('writer');
});

it('without Web Locks, two tabs that begin at the same moment do not both write', async () => {
  const browser = createBrowser(writeGraphFile('Shared', chain()));
  const locks = (tab: string, channel: Parameters<typeof createChannelLock>[0]) => createChannelLock(channel, tab);
  const starting = [browser.open({ locks }), browser.open({ locks })];
  await pass(6000);
  const tabs = await Promise.all(starting);
  await pass(6000);
  expect(tabs.filter((tab) => tab.role() === 'writer')).toHaveLength(1);
});
