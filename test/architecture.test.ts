import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

/** Who may import whom: app → nodes → graphs, never back. */
const packagesOf: Record<string, RegExp> = {
  graphs: /^(zod|immer|@noble\/hashes\/.+)$/,
  nodes: /^zod$/,
};

const files = ['graphs', 'nodes', 'app'].flatMap((folder) => sourcesBelow(folder));

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesBelow(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Module names that a file imports, relative ones as paths from the top. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:^|\s)(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(?\s*['"]([^'"]+)['"]/g)]
    .map((match) => match[1] ?? match[2]!)
    .map((name) => (name.startsWith('.') ? relative('.', resolve(dirname(file), name)) : name));
}

const layerOf = (path: string) => path.split('/')[0]!;
const violations = (isWrong: (file: string, name: string) => boolean) =>
  files.flatMap((file) =>
    importsOf(file)
      .filter((name) => isWrong(file, name))
      .map((name) => `${file} imports ${name}`),
  );

it('reads the import lines of the whole house', () => {
  expect(files.length).toBeGreaterThan(60);
  expect(importsOf('graphs/migrations.ts')).toEqual([]);
  expect(importsOf('graphs/depth-first.ts')).toEqual(['graphs/making-order.ts', 'graphs/plan.ts', 'graphs/task.ts']);
});

it('graphs/ and nodes/ import nothing above them, and only the packages that are theirs', () => {
  expect(
    violations((file, name) => {
      const layer = layerOf(file);
      if (layer === 'graphs') return !(name.startsWith('graphs/') || packagesOf.graphs!.test(name));
      if (layer === 'nodes')
        return !(name.startsWith('graphs/') || name.startsWith('nodes/') || packagesOf.nodes!.test(name));
      return false;
    }),
  ).toEqual([]);
});

it('the server knows no React and nothing of the canvas and the panels, and the page nothing of the server', () => {
  expect(
    violations((file, name) =>
      file.startsWith('app/server/')
        ? /^(react|react-dom|@xyflow|zustand)/.test(name) || /^app\/(canvas|panels)\//.test(name)
        : name.startsWith('app/server/') || name.startsWith('node:'),
    ),
  ).toEqual([]);
});

it('only the canvas knows React Flow', () => {
  expect(violations((file, name) => name.startsWith('@xyflow/') && !file.startsWith('app/canvas/'))).toEqual([]);
});

it('no node type is named outside its own file', () => {
  const names = readdirSync('nodes')
    .filter((name) => name !== 'index.ts')
    .map((name) => name.replace('.ts', ''));
  // Common words ("edit", "save", "prompt") may stand in other senses; a type's name compared or assigned may not.
  const naming = new RegExp(`\\.type\\s*[!=]==?\\s*['"](?:${names.join('|')})['"]|nodeTypes\\.get\\(['"]`);
  const guilty = files.filter((file) => !file.startsWith('nodes/') && naming.test(readFileSync(file, 'utf8')));
  expect(guilty).toEqual([]);
});
