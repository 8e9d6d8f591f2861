import type { Artifact } from '../../graphs/artifact.ts';
import type { Making } from '../../graphs/known.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import type { Provenance, ProvenanceStep } from '../../graphs/provenance.ts';
import { modelName } from './service-words.ts';
import { dollars } from './run-words.ts';

export type Fact = { readonly title: string; readonly text: string; readonly picture?: Artifact };

/** What a step was given, in the words of its node type's form; a picture that another step made is named by its number. */
export function factsOf(step: ProvenanceStep, all: Provenance, nodeTypes: NodeTypes): Fact[] {
  const type = nodeTypes.get(step.type);
  const names = new Set([...Object.keys(type?.inputs ?? {}), ...Object.keys(type?.params.shape ?? {})]);
  for (const name of Object.keys({ ...step.inputs, ...step.values })) names.add(name);
  return [...names].flatMap((name): Fact[] => {
    const title = titleOf(type, name);
    const input = step.inputs[name];
    if (input) {
      const number = all.steps.findIndex(({ key }) => key === input.key) + 1;
      return [{ title, text: number > 0 ? `the picture of step ${number}` : 'another picture' }];
    }
    const value = step.values[name];
    if (value === undefined || value === null || value === '') return [];
    if (typeof value === 'object' && 'sha256' in value) {
      const picture = value as Artifact;
      // Of the input of a single request nothing but its name is known.
      const text = picture.width ? `${picture.width} × ${picture.height}` : picture.sha256.slice(0, 12);
      return [{ title, text, picture }];
    }
    if (typeof value === 'boolean') return [{ title, text: value ? 'on' : 'off' }];
    return [{ title, text: typeof value === 'object' ? JSON.stringify(value) : String(value) }];
  });
}

/** Who made it, when, how long it took and what it cost, as far as it is known. */
export function makingFacts(making: Making | null): Fact[] {
  if (!making) return [];
  const { service, model, requestId, submittedAt, finishedAt, price } = making;
  const facts: (Fact | null)[] = [
    service
      ? { title: 'Service', text: service.startsWith('offline/') ? 'Offline service' : service.split('/')[0]! }
      : null,
    model ? { title: 'Model', text: service?.startsWith('offline/') ? 'Built-in engine' : modelName(model) } : null,
    requestId ? { title: 'Request', text: requestId } : null,
    finishedAt ? { title: 'Made', text: new Date(finishedAt).toLocaleString() } : null,
    submittedAt && finishedAt ? { title: 'Took', text: tookWords(finishedAt - submittedAt) } : null,
    { title: 'Price', text: priceOf(making, price) },
  ];
  return facts.filter((fact) => fact !== null);
}

function priceOf({ service }: Making, price: number | null | undefined): string {
  if (service?.startsWith('offline/')) return 'free';
  return price === null || price === undefined ? 'not told' : dollars(price);
}

export function tookWords(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

export function titleOf(type: ReturnType<NodeTypes['get']>, name: string): string {
  const field = type?.params.shape[name] as { meta?: () => { title?: string } | undefined } | undefined;
  return field?.meta?.()?.title ?? type?.inputs[name]?.title ?? name;
}
