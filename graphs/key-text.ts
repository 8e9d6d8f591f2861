import { canonical } from './key.ts';
import type { NodeType } from './node-type.ts';
import type { Source } from './order.ts';
import { isList, type TaskOutput } from './task.ts';

export type KeyText = (
  connected: Readonly<Record<string, unknown>>,
  awaited: Readonly<Record<string, TaskOutput | readonly TaskOutput[]>>,
  at: unknown,
  take: number,
) => string;

type NodeOptions = {
  readonly type: NodeType;
  /** Those that no edge replaces count; null for a node with its own axis, whose value stands in their place. */
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly sources: readonly Source[];
};

/**
 * [K2–K6] Writes the texts whose SHA-256 are the keys: canonical({ type, version, service, values, take }). What all nodes
 * of a type share is worked out once, and what all points of a node share is written once; connected inputs (and `at`,
 * where the node has its own axis) are the gaps.
 */
export function createKeyTexts(service: string): (node: NodeOptions) => KeyText {
  const layouts = new Map<NodeType, Layout>();
  const lists = new WeakMap<readonly TaskOutput[], string>();
  /** All points that take a list take the same one. */
  const listText = (list: readonly TaskOutput[]): string => {
    let text = lists.get(list);
    if (text === undefined) lists.set(list, (text = `[${list.map(sourceText).join(',')}]`));
    return text;
  };
  return ({ type, params, sources }) => {
    let layout = layouts.get(type);
    if (!layout) {
      layout = layoutOf(type, service, [...Object.keys(type.params.shape), ...Object.keys(type.inputs)]);
      layouts.set(type, layout);
    }
    if (!params) layout = layoutOf(type, service, ['at', ...sources.map(({ port }) => port)]);
    else if (!coversAll(layout, params)) layout = layoutOf(type, service, [...layout.names, ...Object.keys(params)]);
    return keyTextOf(layout, params, sources, listText);
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

function keyTextOf(
  layout: Layout,
  params: NodeOptions['params'],
  sources: readonly Source[],
  listText: (list: readonly TaskOutput[]) => string,
): KeyText {
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

  return (connected, awaited, at, take) => {
    let written = head + take;
    for (let i = 0; i < gaps.length; i++) {
      const name = gaps[i]!;
      const source = awaited[name];
      written += texts[i]!;
      if (source) written += isList(source) ? listText(source) : sourceText(source);
      else written += valueText(!params && name === 'at' ? at : connected[name]);
    }
    return written + tail;
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
