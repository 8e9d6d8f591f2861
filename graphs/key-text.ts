import { canonical } from './key.ts';
import type { NodeType } from './node-type.ts';
import type { Source } from './order.ts';
import type { TaskOutput } from './task.ts';

export type KeyText = (
  connected: Readonly<Record<string, unknown>>,
  awaited: Readonly<Record<string, TaskOutput>>,
  at: unknown,
  take: number,
) => string;

/**
 * [K2–K6] Writes the texts whose SHA-256 are the keys of one node: canonical({ type, version, service, values, take }).
 * What is the same at every point is written once; connected inputs (and `at`, where the node has its own axis) are the gaps.
 */
export function keyTextOf(options: {
  type: NodeType;
  service: string;
  /** Those that no edge replaces count; null for a node with its own axis, whose value stands in their place. */
  params: Readonly<Record<string, unknown>> | null;
  sources: readonly Source[];
}): KeyText {
  const { type, service, params, sources } = options;
  const names = params ? Object.keys(params) : ['at'];
  for (const { port } of sources) if (!params || !Object.hasOwn(params, port)) names.push(port);
  names.sort();

  const gaps: string[] = [];
  const texts: string[] = [];
  let text = `,"type":${canonical(type.type)},"values":{`;
  let isFirst = true;
  for (const name of names) {
    const isGap = !params || sources.some(({ port }) => port === name);
    const value = isGap ? undefined : params[name];
    if (!isGap && value === undefined) continue;
    text += `${isFirst ? '' : ','}${JSON.stringify(name)}:`;
    isFirst = false;
    if (isGap) {
      texts.push(text);
      gaps.push(name);
      text = '';
    } else text += valueText(value);
  }
  const head = type.uses === 'edits' ? `{"service":${canonical(service)},"take":` : '{"take":';
  const tail = `${text}},"version":${type.version}}`;

  return (connected, awaited, at, take) => {
    let written = head + take;
    for (let i = 0; i < gaps.length; i++) {
      const name = gaps[i]!;
      const source = awaited[name];
      written += texts[i]!;
      if (source) written += `{"key":"${source.task.key}","port":${JSON.stringify(source.port)}}`;
      else written += valueText(!params && name === 'at' ? at : connected[name]);
    }
    return written + tail;
  };
}

/** [K4] A picture stands in a key as its bytes' hash alone: not its name, size or address. */
function valueText(value: unknown): string {
  return value !== null && typeof value === 'object' && 'sha256' in value
    ? `{"sha256":${canonical(value.sha256)}}`
    : canonical(value);
}
