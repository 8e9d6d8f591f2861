import { fillName } from './file-name.ts';
import type { Plan } from './plan.ts';
import { nearestEdit } from './provenance.ts';

/** How a node's file names come out, before anything is written. */
export type NameOutlook = {
  /** The tokens that mean something here. */
  readonly tokens: readonly string[];
  /** Stands in the template and would be written as it is. */
  readonly unknown: readonly string[];
  /** Asks for something of an edit, and no edit is before the node. */
  readonly empty: readonly string[];
  readonly first: string;
  readonly count: number;
  /** So many have a name that another one has, too. */
  readonly alike: number;
};

/** Of more files than this, the first ones are compared. */
const MOST_COMPARED = 2000;

/** [N4] What a name template makes of the node's points; null where there are none yet. `{date}` stays. */
export function nameOutlook(
  template: string,
  { title, plan, node }: { title: string; plan: Plan; node: string },
): NameOutlook | null {
  const planned = plan.nodes.get(node);
  const tasks = (planned?.tasks ?? []).filter(({ idle }) => idle === null);
  const [first] = tasks;
  if (!planned || !first) return null;
  const ofEdit = ['{seed}', '{prompt}'];
  const hasEdit = nearestEdit(plan, first) !== null;
  const titles = planned.axes.flatMap(({ members }) => members.map((member) => member.title));
  // What holds a brace can be in no token.
  const axes = [...new Set(titles)].filter((axis) => !/[{}]/.test(axis));
  const tokens = ['{title}', '{index}', ...(hasEdit ? ofEdit : []), ...axes.map((axis) => `{axis:${axis}}`), '{date}'];
  const written = [...new Set(template.match(/\{[^{}]*\}/g))];
  const empty = hasEdit ? [] : written.filter((token) => ofEdit.includes(token));
  const known = new Set(tokens.map(plain));
  const names = tasks.slice(0, MOST_COMPARED).map((task) => fillName(template, { title, plan, task }));
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return {
    tokens,
    unknown: written.filter((token) => !known.has(plain(token)) && !empty.includes(token)),
    empty,
    first: names[0]!,
    count: tasks.length,
    alike: names.filter((name) => times.get(name)! > 1).length,
  };
}

/** A title is found whatever its capitals and the blanks around it; all else is taken as it is written. */
const plain = (token: string): string =>
  token.startsWith('{axis:') ? `{axis:${token.slice(6, -1).trim().toLowerCase()}}` : token;
