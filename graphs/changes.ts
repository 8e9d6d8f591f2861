import { enablePatches, produceWithPatches, type Patch } from 'immer';
import { edgeId, type Edge, type Graph, type GraphNode, type PortRef, type Position } from './graph.ts';

enablePatches();

/** One named alteration of a graph = one undo step. `gesture` joins the changes of one gesture (a drag, a burst of typing). */
export type Change =
  | { readonly type: 'add'; readonly nodes: readonly GraphNode[]; readonly edges?: readonly Edge[] }
  | { readonly type: 'remove'; readonly nodes?: readonly string[]; readonly edges?: readonly string[] }
  /** The caller has asked `canConnect`; an edge that ends at the same input is replaced. */
  | { readonly type: 'connect'; readonly from: PortRef; readonly to: PortRef }
  | { readonly type: 'setParam'; readonly node: string; readonly name: string; readonly value: unknown }
  | { readonly type: 'setTitle'; readonly node: string; readonly title: string }
  | { readonly type: 'move'; readonly positions: Readonly<Record<string, Position>> }
  | { readonly type: 'resize'; readonly node: string; readonly width: number }
  /** Sweeps advance in step from now on; a link of null sets them free. */
  | { readonly type: 'link'; readonly nodes: readonly string[]; readonly link: string | null }
  /** Values of a sweep are struck out, or put back; `values` are what `valueId` gives. */
  | {
      readonly type: 'strikeValues';
      readonly node: string;
      readonly values: readonly string[];
      readonly struck: boolean;
    }
  /** Single tasks are struck out, or put back. */
  | { readonly type: 'strikeTasks'; readonly firstKeys: readonly string[]; readonly struck: boolean }
  /** The colour of a node's axis, 0 to 7; null = the usual one. */
  | { readonly type: 'setColour'; readonly node: string; readonly colour: number | null }
  /** Values of several nodes at once. */
  | { readonly type: 'setParams'; readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>> }
  /** Make these edits once more: the keys are those of take 1. */
  | { readonly type: 'newTake'; readonly firstKeys: readonly string[] }
  /** Which take is shown, by the key of take 1. */
  | { readonly type: 'showTakes'; readonly takes: Readonly<Record<string, number>> }
  /** `graph` is that of `settingsBack` or `valuesBack`. */
  | { readonly type: 'settingsBack'; readonly graph: Graph }
  | { readonly type: 'replace'; readonly graph: Graph };

export type ChangeType = Change['type'];

const names: Record<ChangeType, string> = {
  add: 'Add',
  remove: 'Delete',
  connect: 'Connect',
  setParam: 'Change a value',
  setTitle: 'Rename a node',
  move: 'Move',
  resize: 'Resize',
  link: 'Link sweeps',
  strikeValues: 'Strike out',
  strikeTasks: 'Strike out',
  setColour: 'Colour an axis',
  setParams: 'Change values',
  newTake: 'New take',
  showTakes: 'Show another take',
  settingsBack: 'Put settings back',
  replace: 'Restore a version',
};

/** The change in words, for the undo menu. */
export function nameOfChange(type: ChangeType): string {
  return names[type];
}

export type Changed = { readonly graph: Graph; readonly patches: Patch[]; readonly inverse: Patch[] };

/** The graph after the change and immer's patches both ways; nodes that were not touched keep their identity. */
export function applyChange(graph: Graph, change: Change): Changed {
  if (change.type === 'replace' || change.type === 'settingsBack') return replaceGraph(graph, change.graph);
  const [next, patches, inverse] = produceWithPatches(graph, (draft) => {
    perform(draft as Mutable, change);
  });
  return { graph: next, patches, inverse };
}

type Mutable = {
  nodes: Record<string, GraphNode>;
  edges: Record<string, Edge>;
  takes: Record<string, number>;
  struck?: Record<string, true>;
};

function perform(draft: Mutable, change: Exclude<Change, { type: 'replace' | 'settingsBack' }>): void {
  switch (change.type) {
    case 'add':
      for (const node of change.nodes) draft.nodes[node.id] = node;
      for (const edge of change.edges ?? []) draft.edges[edge.id] = edge;
      return;
    case 'remove': {
      const gone = new Set(change.nodes);
      for (const id of gone) delete draft.nodes[id];
      for (const id of change.edges ?? []) delete draft.edges[id];
      if (gone.size > 0)
        for (const { id, from, to } of Object.values(draft.edges))
          if (gone.has(from.node) || gone.has(to.node)) delete draft.edges[id];
      return;
    }
    case 'connect': {
      const id = edgeId(change.to);
      for (const edge of Object.values(draft.edges))
        if (edge.to.node === change.to.node && edge.to.port === change.to.port) delete draft.edges[edge.id];
      draft.edges[id] = { id, from: change.from, to: change.to };
      return;
    }
    case 'setParam':
      update(draft, change.node, (node) =>
        node.params[change.name] === change.value && Object.hasOwn(node.params, change.name)
          ? node
          : { ...node, params: { ...node.params, [change.name]: change.value } },
      );
      return;
    case 'setTitle': {
      const title = change.title.trim();
      update(draft, change.node, (node) => {
        if ((node.title ?? '') === title) return node;
        const { title: _, ...untitled } = node;
        return title ? { ...untitled, title } : untitled;
      });
      return;
    }
    case 'move':
      for (const [id, position] of Object.entries(change.positions))
        update(draft, id, (node) =>
          node.position.x === position.x && node.position.y === position.y ? node : { ...node, position },
        );
      return;
    case 'resize':
      update(draft, change.node, (node) => (node.width === change.width ? node : { ...node, width: change.width }));
      return;
    case 'link':
      for (const id of change.nodes)
        update(draft, id, (node) => {
          if ((node.link ?? null) === change.link) return node;
          const { link: _, ...free } = node;
          return change.link === null ? free : { ...free, link: change.link };
        });
      return;
    case 'strikeValues':
      update(draft, change.node, (node) => {
        const before = node.struck ?? [];
        const { struck: _, ...rest } = node;
        const back = new Set(change.struck ? [] : change.values);
        const kept = before.filter((value) => !back.has(value));
        const struck = change.struck ? [...new Set([...kept, ...change.values])] : kept;
        if (struck.length === before.length) return node;
        // The order in which it was done says nothing.
        struck.sort();
        return struck.length > 0 ? { ...rest, struck } : rest;
      });
      return;
    case 'strikeTasks': {
      for (const key of change.firstKeys) {
        if (change.struck) (draft.struck ??= {})[key] = true;
        else if (draft.struck) delete draft.struck[key];
      }
      if (draft.struck && Object.keys(draft.struck).length === 0) delete draft.struck;
      return;
    }
    case 'setColour':
      update(draft, change.node, (node) => {
        if ((node.colour ?? null) === change.colour) return node;
        const { colour: _, ...plain } = node;
        return change.colour === null ? plain : { ...plain, colour: change.colour };
      });
      return;
    case 'setParams':
      for (const [id, params] of Object.entries(change.params))
        update(draft, id, (node) =>
          Object.entries(params).every(([name, value]) => node.params[name] === value)
            ? node
            : { ...node, params: { ...node.params, ...params } },
        );
      return;
    case 'newTake':
      for (const key of change.firstKeys) draft.takes[key] = (draft.takes[key] ?? 1) + 1;
      return;
    case 'showTakes':
      for (const [key, take] of Object.entries(change.takes))
        if (take === 1) delete draft.takes[key];
        else draft.takes[key] = take;
  }
}

/** [H2] `make` gives the node itself where there is nothing to change. */
function update(draft: Mutable, id: string, make: (node: GraphNode) => GraphNode): void {
  const node = draft.nodes[id];
  const made = node && make(node);
  if (made && made !== node) draft.nodes[id] = made;
}

function replaceGraph(before: Graph, after: Graph): Changed {
  return {
    graph: after,
    patches: [{ op: 'replace', path: [], value: after }],
    inverse: [{ op: 'replace', path: [], value: before }],
  };
}
