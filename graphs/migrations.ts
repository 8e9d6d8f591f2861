type File = Record<string, unknown>;

/**
 * Each step reads the version that is its place in this list and gives the next one, so the list's length is the
 * version written today. Steps are never changed once released; they get plain JSON and must not throw on odd data,
 * which the schema refuses afterwards.
 */
export const migrations: readonly ((file: File) => File)[] = [fromVersion0, fromVersion1];

/** Version 0: written by hand, without a version; nodes may be a list with ids, edges may be `"a.image" → "b.image"` texts. */
function fromVersion0(file: File): File {
  const nodes = Array.isArray(file.nodes)
    ? Object.fromEntries(
        file.nodes.map((node: unknown, i) => {
          const { id = `node${i + 1}`, ...rest } = isRecord(node) ? node : { node };
          return [String(id), rest];
        }),
      )
    : file.nodes;
  const listed = isRecord(file.edges) ? Object.values(file.edges) : file.edges;
  const edges = Array.isArray(listed)
    ? listed.map((edge: unknown) => (isRecord(edge) ? { from: portRef(edge.from), to: portRef(edge.to) } : edge))
    : listed;
  return { ...file, format: 'editloom-graph', version: 1, nodes, ...(edges === undefined ? {} : { edges }) };
}

/** Version 2 may say what is struck out; what version 1 says, it says likewise. */
function fromVersion1(file: File): File {
  return { ...file, version: 2 };
}

function portRef(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const dot = value.lastIndexOf('.');
  return dot < 0 ? value : { node: value.slice(0, dot), port: value.slice(dot + 1) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
