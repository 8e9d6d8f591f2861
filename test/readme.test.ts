import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import type { NodeType } from '../graphs/node-type.ts';
import { nodeTypes } from '../nodes/index.ts';

/** The table follows from the definitions; `npm run docs` writes it. */
function nodeTable(): string {
  const rows = [...nodeTypes.values()].map(
    (type) =>
      `| **${type.title}** | ${portsOf(type.inputs)} | ${type.outputsOf ? 'one for each column' : portsOf(type.outputs)} | ${paramsOf(type)} | ${type.description.replaceAll('|', '\\|')} |`,
  );
  return ['| node | inputs | outputs | parameters | what it does |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function portsOf(ports: NodeType['inputs'] | NodeType['outputs']): string {
  return (
    Object.entries(ports)
      .map(([name, { kind }]) => (name === kind ? name : `${name} (${kind})`))
      .join(', ') || '–'
  );
}

function paramsOf(type: NodeType): string {
  const defaults = type.params.parse({}) as Record<string, unknown>;
  return Object.entries(type.params.shape)
    .filter(([, field]) => (field as z.ZodType).meta()!.control !== 'none')
    .map(([name, field]) => {
      const value = defaults[name];
      const shown = value === undefined || typeof value === 'object' || value === '' ? '' : ` = ${String(value)}`;
      return `${(field as z.ZodType).meta()!.title as string}${shown}`;
    })
    .join('; ');
}

it('the node table of the README is that of the definitions', async () => {
  const readme = readFileSync('README.md', 'utf8');
  const expected = readme.replace(/(<!-- nodes -->\n)[^]*(<!-- \/nodes -->)/, `$1\n${nodeTable()}\n\n$2`);
  const formatted = await format(expected, { ...(await resolveConfig('README.md')), parser: 'markdown' });
  await expect(formatted).toMatchFileSnapshot('../README.md');
});
