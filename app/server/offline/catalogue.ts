import { z } from 'zod';
import { detailsOf, inputSchema, modelId, serviceName, type Detail } from './contract.ts';

const models = [
  {
    model_id: modelId,
    display_name: 'Step1X-Edit v1.2 (offline stand-in)',
    description:
      'Edits a picture as a prompt says. Answered by the offline edit service of Editloom on this machine, not by Step1X-Edit.',
    categories: ['image-to-image'],
    base_price_usd: 0,
    price_unit: 'image',
    pricing_note: 'Made on this machine: free.',
    service: serviceName,
    input_schema: z.toJSONSchema(inputSchema, { io: 'input' }),
  },
];
export type CatalogueModel = (typeof models)[number];

/** Query of GET /v1/models. What the query doesn't name is not filtered. */
const querySchema = z.object({
  search: z.string().optional(),
  category: z.string().optional(),
  include_schema: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

export type CatalogueQuery = z.infer<typeof querySchema>;

export function parseCatalogueQuery(
  query: Record<string, string>,
): { query: CatalogueQuery; detail?: never } | { query?: never; detail: Detail[] } {
  const parsed = querySchema.safeParse(query);
  return parsed.success ? { query: parsed.data } : { detail: detailsOf(parsed.error, 'query', query) };
}

export function listModels(query: CatalogueQuery) {
  const words = (query.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const found = models.filter((model) => {
    const text = `${model.model_id} ${model.display_name} ${model.description}`.toLowerCase();
    return words.every((word) => text.includes(word)) && (!query.category || model.categories.includes(query.category));
  });
  const page = found.slice(query.offset, query.offset + query.limit);
  const withSchema = query.include_schema === 'true';
  return {
    models: page.map(({ input_schema, ...model }) => (withSchema ? { ...model, input_schema } : model)),
    total: found.length,
  };
}

export function listCategories() {
  return { categories: [...new Set(models.flatMap((model) => model.categories))] };
}

export function findModel(id: string): CatalogueModel | null {
  return models.find((model) => model.model_id === id) ?? null;
}
