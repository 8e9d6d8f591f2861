import { z } from 'zod';

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'Expected 64 hexadecimal digits (a SHA-256)');

export const mediaTypeSchema = z.enum(['image/png', 'image/jpeg', 'image/webp']);
export type MediaType = z.infer<typeof mediaTypeSchema>;

/** One immutable picture, named by its bytes; width and height in pixels, as stored (orientation already baked in). */
export const artifactSchema = z.object({
  sha256: sha256Schema,
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  mediaType: mediaTypeSchema,
  /** Size of the file. */
  bytes: z.number().int().positive(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** Where our server answers with the picture: whole, or as a thumbnail (longest side 160 or 640 pixels). */
export function pictureUrl(sha256: string, size?: 'small' | 'large'): string {
  return `/api/pictures/${sha256}${size ? `?size=${size}` : ''}`;
}
