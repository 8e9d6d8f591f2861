import { z } from 'zod';
import { sha256Schema } from '../../graphs/artifact.ts';
import { FileError } from '../../graphs/errors.ts';
import { loadGraph, type LoadedGraph } from '../../graphs/file.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import { lookInside } from '../embed/found.ts';

/** [V1] What is used of the chain that a picture carries; anything else in it is left alone. */
const carriedStepSchema = z.object({
  key: sha256Schema,
  title: z.string().max(1000),
  point: z
    .array(z.object({ title: z.string().max(1000), value: z.unknown() }))
    .max(1000)
    .default([]),
  making: z
    .object({ service: z.string().max(1000).optional() })
    .nullable()
    .default(null),
});
const carriedChainSchema = z.object({ steps: z.array(carriedStepSchema).max(100_000) });
export type CarriedStep = z.infer<typeof carriedStepSchema>;

/** A graph that came inside a picture, and the chain of that picture: empty where it cannot be read. */
export type Carried = { readonly loaded: LoadedGraph; readonly steps: readonly CarriedStep[] };

export type Carries =
  | { readonly type: 'nothing' }
  | { readonly type: 'graph'; readonly carried: Carried }
  /** Why there is nothing to open, for the user; the picture can be used all the same. */
  | { readonly type: 'told'; readonly message: string };

/** [V8] What a dropped or pasted picture brings besides itself. */
export function carriedBy(bytes: Uint8Array, nodeTypes: NodeTypes): Carries {
  const inside = lookInside(bytes);
  switch (inside.type) {
    case 'nothing':
      return inside;
    case 'unusable':
      return { type: 'told', message: inside.message };
    case 'foreign':
      return {
        type: 'told',
        message: `This picture carries how ${inside.program} made it, which Editloom does not open. It was taken as a picture.`,
      };
    case 'payload': {
      const { graph, provenance } = inside.payload;
      if (graph === null || graph === undefined)
        return {
          type: 'told',
          message: 'This picture carries how it was made, but no graph. It was taken as a picture.',
        };
      try {
        const loaded = loadGraph(graph, nodeTypes);
        return {
          type: 'graph',
          carried: { loaded, steps: carriedChainSchema.safeParse(provenance).data?.steps ?? [] },
        };
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        return {
          type: 'told',
          message: `The graph that this picture carries was not opened. ${error.message} It was taken as a picture.`,
        };
      }
    }
  }
}
