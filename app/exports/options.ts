import { z } from 'zod';
import { cellSizeSchema, type ExportRequest, type SheetOptions } from './wire.ts';

export const formats = ['png', 'pdf', 'page', 'zip', 'csv', 'json'] as const;
export type Format = (typeof formats)[number];

/** What was chosen last, for all formats; kept in this browser. */
const optionsSchema = z.object({
  format: z.enum(formats).catch('png'),
  cell: cellSizeSchema.catch('medium'),
  paper: z.enum(['a4', 'letter']).catch('a4'),
  turned: z.boolean().catch(true),
  pictures: z.enum(['whole', 'print']).catch('whole'),
  details: z.boolean().catch(true),
  table: z.boolean().catch(true),
  mark: z.boolean().catch(true),
  safe: z.boolean().catch(true),
  steps: z.boolean().catch(false),
});
export type ExportOptions = z.output<typeof optionsSchema>;

const name = 'editloom.export';

export function rememberedOptions(memory: Pick<Storage, 'getItem'> | null): ExportOptions {
  let kept: unknown = {};
  try {
    kept = JSON.parse(memory?.getItem(name) ?? '{}');
  } catch {
    // Whatever stands there, the usual ones will do.
  }
  return optionsSchema.catch(() => optionsSchema.parse({})).parse(kept);
}

export function rememberOptions(memory: Pick<Storage, 'setItem'> | null, options: ExportOptions): void {
  try {
    memory?.setItem(name, JSON.stringify(options));
  } catch {
    // A browser that keeps nothing asks again.
  }
}

export function sheetOptions({ format, cell, paper, turned, pictures }: ExportOptions): SheetOptions {
  return format === 'pdf' ? { format, cell, paper, turned, pictures } : { format: 'png', cell };
}

/** What the server makes of these; null = the page makes it itself. */
export function outputOf(options: ExportOptions): Exclude<ExportRequest['output'], { type: 'preview' }> | null {
  switch (options.format) {
    case 'png':
    case 'pdf':
      return { type: 'sheet', sheet: sheetOptions(options) };
    case 'page':
      return { type: 'page' };
    case 'zip':
      return { type: 'zip', details: options.details };
    default:
      return null;
  }
}
