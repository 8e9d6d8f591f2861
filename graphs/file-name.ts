import { labelsOf, valueWords } from './axes.ts';
import type { Plan } from './plan.ts';
import { nearestEdit } from './provenance.ts';
import type { Task } from './task.ts';

/** What a token may add to a name. */
const MOST_TOKEN_CHARACTERS = 60;

/**
 * [N1] Fills the tokens of a save node's name: {title} {seed} {prompt} {index} and {axis:NAME}. A `/` of a value never
 * makes a folder. {date} is left to the server, which writes the file; a token that nobody knows stays as it is.
 */
export function fillName(template: string, context: { title: string; plan: Plan; task: Task }): string {
  const { title, plan, task } = context;
  const edit = nearestEdit(plan, task);
  const { axes, tasks } = plan.nodes.get(task.node)!;
  const labels = labelsOf(axes, task.index);
  return template.replace(/\{(title|seed|prompt|index|axis:[^{}]+)\}/g, (token, name: string) => {
    if (name === 'title') return asPart(title);
    if (name === 'index') return String(task.index + 1).padStart(String(tasks.length).length, '0');
    if (name === 'seed' || name === 'prompt') return asPart(String(edit?.known[name] ?? ''));
    const wanted = name.slice('axis:'.length).trim().toLowerCase();
    const label = labels.find((candidate) => candidate.title.toLowerCase() === wanted);
    return label ? asPart(valueName(label.value)) : token;
  });
}

/** A value in a file's name: a picture counts by its own name, whose ending would only mislead there. */
export function valueName(value: unknown): string {
  const words = valueWords(value);
  return value !== null && typeof value === 'object'
    ? words.replace(/\.(png|jpe?g|webp|avif|tiff?|heic|heif|gif)$/i, '')
    : words;
}

function asPart(value: string): string {
  return [...value.replace(/[\\/]/g, '-').trim()].slice(0, MOST_TOKEN_CHARACTERS).join('').trim();
}
