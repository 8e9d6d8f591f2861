import type { ServiceInfo } from '../settings-wire.ts';

const models: Record<string, string> = { 'stepfun-ai/stepx-edit2': 'Step1X-Edit v1.2' };

/** A model's name as its makers write it; others stay as the service calls them. */
export function modelName(model: string): string {
  return models[model] ?? model;
}

/** `RunComfy · Step1X-Edit v1.2` or `Offline service · free`; the short one for narrow screens. */
export function serviceWords({ kind, label, model }: Pick<ServiceInfo, 'kind' | 'label' | 'model'>) {
  return kind === 'offline'
    ? { long: 'Offline service · free', short: 'Offline' }
    : { long: `${label} · ${modelName(model)}`, short: label };
}
