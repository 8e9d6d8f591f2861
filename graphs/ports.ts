import type { Artifact } from './artifact.ts';

/** What a port carries. */
export type Kind = 'image' | 'images' | 'text' | 'seed' | 'switch' | 'format';

/** The value that a port of each kind carries. */
export type KindValue = {
  image: Artifact;
  /** A list, in the order of its points. */
  images: readonly Artifact[];
  text: string;
  seed: number;
  switch: boolean;
  format: 'jpeg' | 'png';
};

export type InputPort = {
  readonly kind: Kind;
  /** Nothing runs while a required port has neither an edge nor a parameter of the same name that says something. */
  readonly required?: boolean;
  readonly title?: string;
  readonly description?: string;
};

export type OutputPort = { readonly kind: Kind; readonly title?: string };

export const LARGEST_SEED = 2 ** 31 - 1;

/** Why a value cannot stand at a port of this kind, or null when it can. */
export function faultOfValue(kind: Kind, value: unknown): string | null {
  switch (kind) {
    case 'image':
      return value !== null && typeof value === 'object' && 'sha256' in value ? null : 'Expected a picture';
    case 'images':
      return Array.isArray(value) && value.every((item) => faultOfValue('image', item) === null)
        ? null
        : 'Expected a list of pictures';
    case 'switch':
      return typeof value === 'boolean' ? null : `Expected on or off, got ${describe(value)}`;
    case 'format':
      return value === 'jpeg' || value === 'png' ? null : `Expected jpeg or png, got ${describe(value)}`;
    case 'text':
      return typeof value === 'string' ? null : `Expected a text, got ${describe(value)}`;
    case 'seed':
      return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= LARGEST_SEED
        ? null
        : `Expected a whole number from 1 to ${LARGEST_SEED}, got ${describe(value)}`;
  }
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`;
  if (value === null || value === undefined) return 'nothing';
  return typeof value === 'object' ? 'an object' : String(value);
}
