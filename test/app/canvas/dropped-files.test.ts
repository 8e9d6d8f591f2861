import { expect, it } from 'vitest';
import { filesBelow, namesOf, sortFiles } from '../../../app/canvas/dropped-files.ts';

type Tree = { readonly [name: string]: Tree | string };

/** A folder as browsers hand it over: its children come in batches, the last of them empty. */
function folder(name: string, tree: Tree, path = `/${name}`): FileSystemEntry {
  const children = Object.entries(tree).map(([child, content]) =>
    typeof content === 'string'
      ? ({
          isDirectory: false,
          name: child,
          fullPath: `${path}/${child}`,
          file: (resolve: (file: File) => void) => resolve(new File([content], child)),
        } as unknown as FileSystemEntry)
      : folder(child, content, `${path}/${child}`),
  );
  return {
    isDirectory: true,
    name,
    fullPath: path,
    createReader() {
      const left = [...children];
      return { readEntries: (resolve: (some: FileSystemEntry[]) => void) => resolve(left.splice(0, 2)) };
    },
  } as unknown as FileSystemEntry;
}

const pathsOf = async (...dropped: (FileSystemEntry | File)[]): Promise<string[]> =>
  (await filesBelow(dropped)).files.map(({ path }) => path);

it('[A6] a folder is looked through to its end, in the order in which people count', async () => {
  const shoes = folder('shoes', {
    '10.jpg': '',
    '2.jpg': '',
    Red: { 'b.jpg': '', 'A.jpg': '', deep: { 'c.jpg': '' } },
    '1.jpg': '',
  });
  expect(await pathsOf(shoes)).toEqual([
    'shoes/1.jpg',
    'shoes/2.jpg',
    'shoes/10.jpg',
    'shoes/Red/A.jpg',
    'shoes/Red/b.jpg',
    'shoes/Red/deep/c.jpg',
  ]);
});

it('what systems put into folders by themselves is nobody’s file', async () => {
  const mess = folder('mess', {
    '.DS_Store': '',
    'Thumbs.db': '',
    __MACOSX: { 'a.jpg': '' },
    'a.jpg': '',
    '.git': { x: '' },
  });
  expect(await pathsOf(mess)).toEqual(['mess/a.jpg']);
});

it('files and folders may be mixed; an empty folder has none', async () => {
  expect(await pathsOf(folder('a', { 'x.png': '' }), new File([], 'b.png'), folder('c', {}))).toEqual([
    'a/x.png',
    'b.png',
  ]);
});

it('a whole disk is not looked through', async () => {
  const many = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`${i}.jpg`, '']));
  const { files, left } = await filesBelow([folder('disk', many)], 20);
  expect([files.length, left]).toEqual([20, true]);
});

it('files are sorted by what they are, as far as name and type tell', () => {
  const file = (name: string, type = '') => ({ file: new File([], name, { type }), path: name });
  const sorted = sortFiles([
    file('a.JPG'),
    file('b', 'image/avif'),
    file('c.csv'),
    file('d.txt', 'text/tab-separated-values'),
    file('e.json'),
    file('f.svg', 'image/svg+xml'),
    file('g.pdf', 'application/pdf'),
    file('h.heic'),
  ]);
  expect(Object.values(sorted).map((list) => list.map(({ path }) => path))).toEqual([
    ['a.JPG', 'b', 'h.heic'],
    ['c.csv', 'd.txt'],
    ['e.json'],
    ['f.svg', 'g.pdf'],
  ]);
});

it('[A6] pictures are called by their files, and by their folders where two have one name', () => {
  const at = (path: string) => ({ file: new File([], path.split('/').at(-1)!), path });
  expect(namesOf([at('red/1.jpg'), at('blue/1.jpg'), at('blue/2.jpg')])).toEqual(['red/1.jpg', 'blue/1.jpg', '2.jpg']);
});
