import { z } from 'zod';
import { artifactSchema, sha256Schema } from '../../graphs/artifact.ts';

/** What the page tells our server of the cells to be exported, and how; see app/server/exports/export-routes.ts. */

/** More cells than this do not make one sheet, page or zip; tables take as many as a plan has. */
export const mostExportCells = 10_000;

export const cellStateSchema = z.enum([
  'made',
  'underway',
  'failed',
  'blocked',
  'cancelled',
  'unknown',
  'struck',
  'not-made',
]);
export type ExportState = z.infer<typeof cellStateSchema>;

const factsSchema = z.array(z.object({ title: z.string().max(400), text: z.string().max(20_000) })).max(200);

export const exportCellSchema = z.object({
  /** Number of the task, from 0. */
  index: z.number().int().min(0),
  /** Where it stands along each axis of the grid. */
  point: z.array(z.number().int().min(0)).max(50),
  state: cellStateSchema,
  /** What stands in its place while there is no picture: “Failed”. */
  words: z.string().max(200),
  /** What the service or the server said of it. */
  detail: z.string().max(4000).nullable(),
  picture: artifactSchema.nullable(),
  /** What is written below it where no axis names it. */
  caption: z.string().max(8000).nullable(),
  /** What its file is called in a zip, without folder and ending; made safe by the server. */
  name: z.string().max(1000),
  /** How it was made, in words: one part per step. */
  steps: z
    .array(z.object({ title: z.string().max(400), facts: factsSchema }))
    .max(200)
    .optional(),
  /** What travels inside the picture and in the manifest. */
  record: z.unknown().optional(),
  provenance: z.unknown().optional(),
});
export type ExportCell = z.infer<typeof exportCellSchema>;

export const exportGridSchema = z.object({
  /** The title of the graph. */
  title: z.string().max(400),
  /** What is shown: the title of the node. */
  subject: z.string().max(400),
  /** When it was exported, in words. */
  date: z.string().max(100),
  axes: z.array(z.object({ title: z.string().max(400), values: z.array(z.string().max(8000)).max(100_000) })).max(50),
  /** Which axis runs down and which to the right; null = none. */
  rows: z.number().int().min(0).nullable(),
  columns: z.number().int().min(0).nullable(),
  cells: z.array(exportCellSchema).min(1, 'Expected at least one cell to export.').max(mostExportCells),
  /** The graph file, to travel inside the pictures. */
  graph: z.unknown().optional(),
});
export type ExportGrid = z.infer<typeof exportGridSchema>;

export const cellSizeSchema = z.enum(['small', 'medium', 'large']);
export const sheetOptionsSchema = z.discriminatedUnion('format', [
  z.object({ format: z.literal('png'), cell: cellSizeSchema }),
  z.object({
    format: z.literal('pdf'),
    cell: cellSizeSchema,
    paper: z.enum(['a4', 'letter']),
    turned: z.boolean(),
    /** `whole`: the pictures as they are; `print`: scaled to 300 dots an inch. */
    pictures: z.enum(['whole', 'print']),
  }),
]);
export type SheetOptions = z.infer<typeof sheetOptionsSchema>;

/** Body of POST /api/exports. */
export const exportRequestSchema = z.object({
  /** Made by the page, which asks by it how far the export is. */
  id: z.uuid(),
  grid: exportGridSchema,
  output: z.discriminatedUnion('type', [
    z.object({ type: z.literal('sheet'), sheet: sheetOptionsSchema }),
    /** The first page, small. */
    z.object({ type: z.literal('preview'), sheet: sheetOptionsSchema }),
    z.object({ type: z.literal('page') }),
    /** `table`: a CSV that goes with it. */
    z.object({ type: z.literal('zip'), details: z.boolean(), table: z.string().max(100_000_000).optional() }),
  ]),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

/** Reply of GET /api/exports/<id>. */
export const exportProgressSchema = z.object({
  done: z.number().int(),
  total: z.number().int(),
  /** Why it broke off, where it did. */
  error: z.string().nullable(),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

/** Body of POST /api/outputs/sheet: the sheet of a node that writes one; once per key. */
export const sheetRequestSchema = z.object({
  key: sha256Schema,
  name: z.string().max(1000),
  grid: exportGridSchema,
  sheet: sheetOptionsSchema,
  provenance: z.unknown(),
  graph: z.unknown(),
});
export type SheetRequest = z.infer<typeof sheetRequestSchema>;
