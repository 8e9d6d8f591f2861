import { canonical, createTextHasher, type TextHasher } from './key.ts';
import type { NodeType } from './node-type.ts';
import type { Source } from './order.ts';
import { isList, type TaskOutput } from './task.ts';

/** The key of a node's task with these inputs. */
export type KeyOf = (
  connected: Readonly<Record<string, unknown>>,
  awaited: Readonly<Record<string, TaskOutput | readonly TaskOutput[]>>,
  at: unknown,
  take: number,
) => string;

export type Keys = ReturnType<typeof createKeys>;

type NodeOptions = {
  readonly type: NodeType;
  /** Those that no edge replaces count; null for a node with its own axis, whose value stands in their place. */
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly sources: readonly Source[];
  /** How many keys will be asked for. */
  readonly count: number;
};

/**
 * [K2–K6] Names tasks by the SHA-256 of canonical({ type, version, service, values, take }). What all nodes of a type share
 * is worked out once; what all points of a node share is written once, and hashed once as far as it comes first.
 * Connected inputs (and `at`, where the node has its own axis) are the gaps.
 */
export function createKeys(service: string): (node: NodeOptions) => KeyOf {
  const hasher = createTextHasher();
  const layouts = new Map<NodeType, Layout>();
  const lists = new WeakMap<readonly TaskOutput[], string>();
  /** All points that take a list take the same one. */
  const listText = (list: readonly TaskOutput[]): string => {
    let text = lists.get(list);
    if (text === undefined) lists.set(list, (text = `[${list.map(sourceText).join(',')}]`));
    return text;
  };
  return ({ type, params, sources, count }) => {
    let layout = layouts.get(type);
    if (!layout) {
      layout = layoutOf(type, service, [...Object.keys(type.params.shape), ...Object.keys(type.inputs)]);
      layouts.set(type, layout);
    }
    if (!params) layout = layoutOf(type, service, ['at', ...sources.map(({ port }) => port)]);
    else if (!coversAll(layout, params)) layout = layoutOf(type, service, [...layout.names, ...Object.keys(params)]);
    return keysOf({ layout, params, sources, count, hasher, listText });
  };
}

/** The names that can stand in `values`, in their order, each beside its text with the colon. */
type Layout = {
  readonly names: readonly string[];
  readonly labels: readonly string[];
  readonly head: string;
  readonly middle: string;
  readonly tail: string;
};

function layoutOf(type: NodeType, service: string, allNames: readonly string[]): Layout {
  const names = [...new Set(allNames)].sort();
  return {
    names,
    labels: names.map((name) => `${JSON.stringify(name)}:`),
    head: type.uses === 'edits' ? `{"service":${canonical(service)},"take":` : '{"take":',
    middle: `,"type":${canonical(type.type)},"values":{`,
    tail: `},"version":${type.version}}`,
  };
}

/** A schema may let parameters through that it doesn't name. */
function coversAll({ names }: Layout, params: Readonly<Record<string, unknown>>): boolean {
  for (const name in params) if (!names.includes(name)) return false;
  return true;
}

/** A state of the hash that is kept costs about as much as a short text. */
const WORTH_KEEPING = 4;

function keysOf(node: {
  layout: Layout;
  params: NodeOptions['params'];
  sources: readonly Source[];
  count: number;
  hasher: TextHasher;
  listText: (list: readonly TaskOutput[]) => string;
}): KeyOf {
  const { layout, params, sources, count, hasher, listText } = node;
  const { names, labels, head } = layout;
  const gaps: string[] = [];
  const texts: string[] = [];
  let text = layout.middle;
  let comma = '';
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const isGap = !params || sources.some(({ port }) => port === name);
    const value = isGap ? undefined : params[name];
    if (!isGap && value === undefined) continue;
    text += comma + labels[i]!;
    comma = ',';
    if (isGap) {
      texts.push(text);
      gaps.push(name);
      text = '';
    } else text += valueText(value);
  }
  const tail = text + layout.tail;

  const first = texts[0] ?? '';
  const hashAfterFirst = count < WORTH_KEEPING ? null : hasher.after(`${head}1${first}`);

  // Few values arrive at many points.
  const written = new Map<unknown, string>();
  const textOf = (value: unknown): string => {
    let text = written.get(value);
    if (text === undefined) written.set(value, (text = valueText(value)));
    return text;
  };

  return (connected, awaited, at, take) => {
    let rest = '';
    for (let i = 0; i < gaps.length; i++) {
      const name = gaps[i]!;
      const source = awaited[name];
      if (i > 0) rest += texts[i]!;
      if (source) rest += isList(source) ? listText(source) : sourceText(source);
      else rest += textOf(!params && name === 'at' ? at : connected[name]);
    }
    rest += tail;
    return take === 1 && hashAfterFirst ? hashAfterFirst(rest) : hasher.hash(head + take + first + rest);
  };
}

/** What another task will make stands as its key and port; a list may hold pictures that are known, too. */
function sourceText({ task, port }: TaskOutput): string {
  return task.key === null ? valueText(task.outputs?.[port]) : `{"key":"${task.key}","port":${JSON.stringify(port)}}`;
}

/** [K4] A picture stands in a key as its bytes' hash alone: not its name, size or address. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(',')}]`;
  return value !== null && typeof value === 'object' && 'sha256' in value
    ? `{"sha256":${canonical(value.sha256)}}`
    : canonical(value);
}
