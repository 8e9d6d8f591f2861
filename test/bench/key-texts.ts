import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical, createTextHasher } from '../../graphs/key.ts';
import type { Plan } from '../../graphs/plan.ts';
import { isList, type Task, type TaskOutput } from '../../graphs/task.ts';

/**
 * The texts behind the keys, node by node, written out another way than the planner does, and compared with its keys. Not
 * for plans with takes, nor with sweeps that have keys themselves.
 */
export function keyTextsOf({ nodes, service }: Plan): string[][] {
  return [...nodes.values()].map(({ tasks, type }) =>
    tasks.flatMap((task) => {
      if (task.key === null) return [];
      const { version, uses } = type!;
      const from = uses === 'edits' ? service : undefined;
      const text = canonical({ service: from, take: 1, type: type!.type, values: valuesOf(task), version });
      if (bytesToHex(sha256(utf8ToBytes(text))) !== task.key) throw new Error(`Another key for ${task.node}: ${text}`);
      return [text];
    }),
  );
}

/** The least hashing that names all tasks: what all texts of a node begin with is hashed once, and no memory is asked for. */
export function hashOnly(texts: readonly (readonly string[])[]): () => void {
  const parts = texts.map((list) => {
    const beginning = list.length > 1 ? sharedBeginning(list) : '';
    return { beginning, rests: list.map((text) => text.slice(beginning.length)) };
  });
  return () => {
    const hasher = createTextHasher();
    for (const { beginning, rests } of parts) {
      const hash = beginning ? hasher.after(beginning) : hasher.hash;
      for (const rest of rests) hash(rest);
    }
  };
}

function sharedBeginning([first, ...others]: readonly string[]): string {
  let length = first!.length;
  for (const text of others) while (!text.startsWith(first!.slice(0, length))) length--;
  return first!.slice(0, length);
}

function valuesOf({ known, awaited }: Task): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(known)) values[name] = pictureOf(value);
  for (const [name, from] of Object.entries(awaited)) values[name] = isList(from) ? from.map(inKey) : inKey(from);
  return values;
}

const pictureOf = (value: unknown): unknown =>
  value && typeof value === 'object' && 'sha256' in value ? { sha256: value.sha256 } : value;

const inKey = ({ task, port }: TaskOutput): unknown => ({ key: task.key, port });
