import type { z } from 'zod';
import type { NodeType } from '../../graphs/node-type.ts';

const controls = [
  'textarea',
  'text',
  'file-name',
  'seed',
  'seeds',
  'number',
  'switch',
  'choice',
  'picture',
  'pictures',
  'table',
  'axes',
] as const;

export type Control = (typeof controls)[number] | 'unknown';

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
  /** Other parameters with the values that they must have for this one to count, and to be shown. */
  readonly where: Readonly<Record<string, unknown>> | undefined;
  /** How many values it takes, where it is a list. */
  readonly most: number;
  readonly schema: z.ZodType;
};

const remembered = new WeakMap<NodeType, readonly Field[]>();

/** The form of a node type, in the order of its schema; what has the control "none" is shown elsewhere. */
export function fieldsOf(type: NodeType): readonly Field[] {
  let fields = remembered.get(type);
  if (!fields) {
    fields = Object.entries(type.params.shape)
      .filter(([, schema]) => (schema as z.ZodType).meta()?.control !== 'none')
      .map(([name, schema]) => fieldOf(name, schema as z.ZodType));
    remembered.set(type, fields);
  }
  return fields;
}

/** The parameter that holds a picture, where a node type has one. */
export function pictureFieldOf(type: NodeType): Field | undefined {
  return fieldWith(type, 'picture');
}

/** The first parameter of a node type with this control: the one that takes what is dropped on its card. */
export function fieldWith(type: NodeType, wanted: Control): Field | undefined {
  return fieldsOf(type).find(({ control }) => control === wanted);
}

/** Does this parameter count, as the others stand? */
export function isShown({ where }: Field, params: Readonly<Record<string, unknown>> | undefined): boolean {
  return !where || Object.entries(where).every(([name, value]) => params?.[name] === value);
}

type Meta = {
  title?: string;
  description?: string;
  control?: string;
  placeholder?: string;
  rows?: number;
  where?: Record<string, unknown>;
  most?: number;
  /** A choice that stands among the other fields, since these depend on it. */
  prominent?: boolean;
};
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
    secondary: (control === 'switch' || control === 'choice') && !meta.prominent,
    where: meta.where,
    most: meta.most ?? Infinity,
    schema,
  };
}

/** Defaults, optionals and the like say nothing about which control fits. */
function innermost(schema: Inner): Inner {
  let inner = schema;
  while (inner.def.innerType) inner = inner.def.innerType;
  return inner;
}

function controlOf(wish: string | undefined, type: string): Control {
  const wished = controls.find((control) => control === wish);
  if (wished) return wished;
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
