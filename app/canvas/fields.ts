import type { z } from 'zod';
import type { NodeType } from '../../graphs/node-type.ts';

export type Control = 'textarea' | 'text' | 'seed' | 'number' | 'switch' | 'choice' | 'picture' | 'unknown';

/** One parameter as the form on the card shows it; all of it follows from the schema and its `.meta()`. */
export type Field = {
  readonly name: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly control: Control;
  readonly placeholder: string | undefined;
  readonly rows: number;
  readonly choices: readonly string[];
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** Set once and looked at seldom: laid out in one compact line below the others. */
  readonly secondary: boolean;
  readonly schema: z.ZodType;
};

const remembered = new WeakMap<NodeType, readonly Field[]>();

/** The form of a node type, in the order of its schema. */
export function fieldsOf(type: NodeType): readonly Field[] {
  let fields = remembered.get(type);
  if (!fields) {
    fields = Object.entries(type.params.shape).map(([name, schema]) => fieldOf(name, schema as z.ZodType));
    remembered.set(type, fields);
  }
  return fields;
}

/** The parameter that holds a picture, where a node type has one. */
export function pictureFieldOf(type: NodeType): Field | undefined {
  return fieldsOf(type).find(({ control }) => control === 'picture');
}

type Meta = { title?: string; description?: string; control?: string; placeholder?: string; rows?: number };
type Inner = { def: { type: string; innerType?: Inner; entries?: object }; minValue?: number; maxValue?: number };

function fieldOf(name: string, schema: z.ZodType): Field {
  const meta = (schema.meta() ?? {}) as Meta;
  const inner = innermost(schema as unknown as Inner);
  const control = controlOf(meta.control, inner.def.type);
  return {
    name,
    title: meta.title ?? name.replaceAll('_', ' '),
    description: meta.description,
    control,
    placeholder: meta.placeholder,
    rows: meta.rows ?? 2,
    choices: control === 'choice' ? Object.values(inner.def.entries ?? {}).map(String) : [],
    min: finite(inner.minValue),
    max: finite(inner.maxValue),
    secondary: control === 'switch' || control === 'choice',
    schema,
  };
}

/** Defaults, optionals and the like say nothing about which control fits. */
function innermost(schema: Inner): Inner {
  let inner = schema;
  while (inner.def.innerType) inner = inner.def.innerType;
  return inner;
}

const controls: readonly string[] = ['textarea', 'text', 'seed', 'number', 'switch', 'choice', 'picture'];

function controlOf(wish: string | undefined, type: string): Control {
  if (wish && controls.includes(wish)) return wish as Control;
  switch (type) {
    case 'string':
      return 'text';
    case 'number':
    case 'int':
      return 'number';
    case 'boolean':
      return 'switch';
    case 'enum':
      return 'choice';
    default:
      return 'unknown';
  }
}

/** zod gives the limits of a safe integer where the schema names none. */
function finite(limit: number | null | undefined): number | undefined {
  return limit === null || limit === undefined || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
}
