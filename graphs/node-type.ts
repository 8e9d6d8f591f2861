import type { z } from 'zod';
import type { Artifact } from './artifact.ts';
import type { InputPort, KindValue, OutputPort } from './ports.ts';

type Inputs = Readonly<Record<string, InputPort>>;
type Outputs = Readonly<Record<string, OutputPort>>;

export type Category = 'Sources' | 'Edits' | 'Sweeps' | 'Results';

/** The one service that a node type may use; each call is bound to the task's key by the executor. */
export type NodeServices = {
  edits: { edit(input: Record<string, unknown>): Promise<Artifact> };
  outputs: {
    /** `plain`: without anything that tells how it was made. */
    save(
      picture: Artifact,
      nameTemplate: string,
      options?: { readonly plain?: boolean | undefined },
    ): Promise<SavedFile>;
    /** One file with all these pictures, labelled by the points that they stand at. */
    saveSheet(pictures: readonly Artifact[], nameTemplate: string, look: SheetLook): Promise<SavedFile>;
  };
};

/** What a contact sheet is to look like. */
export type SheetLook = { readonly format: 'png' | 'pdf'; readonly cell: 'small' | 'medium' | 'large' };

/** A file that a save node wrote: its path below the outputs folder and where our server answers with it. */
export type SavedFile = { readonly file: string; readonly url: string };

/** What `run` gets: parameters, replaced by what is connected to the port of the same name; `at` is the axis value. */
type Call<Values, At, Uses extends keyof NodeServices | undefined> = {
  readonly values: Values;
  readonly at: At;
} & (Uses extends keyof NodeServices ? Pick<NodeServices, Uses> : unknown);

/** The sweep nodes whose axes are taken away; all axes without any. */
export type Over = readonly string[];

/** What a person chose, by the name of the point of the axes that stay (see `pointNames`). */
export type Choices = Readonly<Record<string, Choice>>;
/** `picked`: the keys of the chosen pictures, or the SHA-256 of those that nobody has to make; `at` in ms since 1970. */
export type Choice = { readonly picked: readonly string[]; readonly at: number };

type InputValues<I extends Inputs> = {
  [Name in keyof I]: I[Name]['required'] extends true
    ? KindValue[I[Name]['kind']]
    : KindValue[I[Name]['kind']] | undefined;
};
/** The names of the parameters with such values. */
type ParamOf<P extends z.ZodObject, Value> = {
  [Name in keyof z.output<P> & string]: z.output<P>[Name] extends Value ? Name : never;
}[keyof z.output<P> & string];
type OutputValues<O extends Outputs> = { [Name in keyof O]: KindValue[O[Name]['kind']] };

type Definition<
  P extends z.ZodObject,
  I extends Inputs,
  O extends Outputs,
  At,
  Uses extends keyof NodeServices | undefined,
> = {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly category: Category;
  readonly description: string;
  /** Each field's `.meta({ title, description, control })` makes the form on the card. */
  readonly params: P;
  readonly inputs: I;
  readonly outputs: O;
  /** What these parameters still lack, as a sentence for the card; null when they will do. */
  readonly check?: (params: z.output<P>) => string | null;
  /** What is worth knowing of these parameters, though nothing is wrong (values that occur twice), as a sentence for the card. */
  readonly note?: (params: z.output<P>) => string | null;
  /** The list of values that this node contributes. */
  readonly axis?: (params: z.output<P>) => readonly At[];
  /** The same axis with so many values more at its end, of its own choice; null where there is no room for them. */
  readonly longer?: (params: z.output<P>, by: number) => Partial<z.output<P>> | null;
  /** The output ports where they depend on the parameters (the columns of a table); `outputs` is what is there without. */
  readonly outputsOf?: (params: z.output<P>) => Outputs;
  /**
   * Takes axes of what arrives at `port` away: all points along them arrive together, as a list. `over` is the name of the
   * parameter that says which axes, see `Over`. Without `uses`, the node hands on what it gathered as it is.
   */
  readonly gathers?: { readonly port: keyof I & string; readonly over: ParamOf<P, Over> };
  /**
   * A person chooses among what is gathered, and the chosen ones are handed on. The names of three parameters; `order` is
   * that of the axes in the names of points, see `pointNames`.
   */
  readonly picks?: {
    readonly count: ParamOf<P, number>;
    readonly choices: ParamOf<P, Choices>;
    readonly order: ParamOf<P, readonly string[]>;
  };
  /** A node type without `uses` is pure: the planner calls it, and it costs nothing. */
  readonly uses?: Uses;
  /** Parameters of a node that the user adds now (a random first seed, say). `random` is in [0, 1). */
  readonly fresh?: (random: () => number) => Partial<z.output<P>>;
  /** Pure: the outputs. `uses: 'edits'`: a promise of them. `uses: 'outputs'`: a promise of the file. */
  readonly run: (
    call: Call<Omit<z.output<P>, keyof I> & InputValues<I>, At, Uses>,
  ) => Uses extends 'outputs'
    ? Promise<{ file: SavedFile }>
    : Uses extends 'edits'
      ? Promise<OutputValues<O>>
      : OutputValues<O>;
};

/** A node type as the planner, the executor and the canvas see it: its own value types are erased. */
export type NodeType = {
  readonly type: string;
  readonly version: number;
  readonly title: string;
  readonly category: Category;
  readonly description: string;
  readonly params: z.ZodObject;
  readonly inputs: Inputs;
  readonly outputs: Outputs;
  readonly check?: (params: Record<string, unknown>) => string | null;
  readonly note?: (params: Record<string, unknown>) => string | null;
  readonly axis?: (params: Record<string, unknown>) => readonly unknown[];
  readonly longer?: (params: Record<string, unknown>, by: number) => Record<string, unknown> | null;
  readonly outputsOf?: (params: Record<string, unknown>) => Outputs;
  readonly gathers?: { readonly port: string; readonly over: string };
  readonly picks?: { readonly count: string; readonly choices: string; readonly order: string };
  readonly uses?: keyof NodeServices;
  readonly fresh?: (random: () => number) => Record<string, unknown>;
  readonly run: (
    call: { values: Record<string, unknown>; at: unknown } & Partial<NodeServices>,
  ) => Record<string, unknown> | Promise<Record<string, unknown>>;
};

/** Parameters are never changed in place, and a long table is dear to look through for every edge. */
const remembered = new WeakMap<NodeType, WeakMap<object, Outputs>>();

/** The output ports of a node with these parameters; the same object for the same parameters. */
export function outputsOf(type: NodeType, params: Readonly<Record<string, unknown>>): Outputs {
  if (!type.outputsOf) return type.outputs;
  let known = remembered.get(type);
  if (!known) remembered.set(type, (known = new WeakMap()));
  let outputs = known.get(params);
  if (!outputs) {
    const parsed = type.params.safeParse(params);
    outputs = parsed.success ? type.outputsOf(parsed.data) : type.outputs;
    known.set(params, outputs);
  }
  return outputs;
}

export type NodeTypes = ReadonlyMap<string, NodeType>;

/** Says what a node type is; the result is complete: palette, card, form, file format, planner and table follow from it. */
export function defineNode<
  P extends z.ZodObject,
  const I extends Inputs,
  const O extends Outputs,
  At = undefined,
  Uses extends keyof NodeServices | undefined = undefined,
>(definition: Definition<P, I, O, At, Uses>): NodeType {
  return definition as unknown as NodeType;
}

export function nodeTypesOf(types: readonly NodeType[]): NodeTypes {
  const byName = new Map<string, NodeType>();
  for (const type of types) {
    if (byName.has(type.type)) throw new Error(`Two node types are called "${type.type}"`);
    byName.set(type.type, type);
  }
  return byName;
}

/** The parameters of a new node: the schema's defaults, and what the type wants fresh. */
export function freshParams(type: NodeType, random: () => number): Record<string, unknown> {
  return type.params.parse(type.fresh?.(random) ?? {});
}
