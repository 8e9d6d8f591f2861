import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputPath, safeName } from '../../../app/server/file-names.ts';

const path = (template: string) => outputPath(template, { date: '2031-02-03' }).join('/');

describe('the path of an output', () => {
  it.each([
    ['coffee 7', 'coffee 7'],
    ['{date} coffee', '2031-02-03 coffee'],
    ['cats/black/tom', 'cats/black/tom'],
    ['Größe 橙色 🟠', 'Größe 橙色 🟠'],
    // Composed and decomposed spelling are one name.
    ['Gro\u0308\u00dfe', 'Gr\u00f6\u00dfe'],
    ['coffee.png', 'coffee'],
    ['coffee.v2', 'coffee.v2'],
    // Leaving the folder
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['a/../../b', 'a/b'],
    ['..\\..\\boot', '-..-boot'],
    ['C:\\Windows\\system32', 'C-Windows-system32'],
    ['....//....//x', 'x'],
    ['~/x', '~/x'],
    // Names that Windows keeps for itself, in any case and with any ending
    ['con', 'con-'],
    ['NUL.png', 'NUL-'],
    ['aux/Com1', 'aux-/Com1-'],
    ['lpt9.txt', 'lpt9-.txt'],
    ['COM\u00b9', 'COM\u00b9-'],
    ['lpt\u00b3.x', 'lpt\u00b3-.x'],
    ['CONIN$', 'CONIN$-'],
    // Streams beside a file, and names that differ by what no eye sees
    ['cat.txt::$DATA', 'cat.txt-$DATA'],
    ['cat\u2066\u2069\u061c\u00ad', 'cat'],
    ['a\u2028b\u0085c', 'a b c'],
    // Signs that Windows doesn't take, and endings that it drops
    ['what? "this" <is>: a|b*', 'what- -this- -is- a-b-'],
    ['name. . .', 'name'],
    ['  spaces  ', 'spaces'],
    ['.htaccess', 'htaccess'],
    // Invisible signs
    ['a\0b\nc\td', 'a b c d'],
    ['photo\u202Egnp.exe', 'photognp.exe'],
    ['zero\u200Bwidth\uFEFF', 'zerowidth'],
    ['half \ud83d emoji', 'half emoji'],
    ['family 👩‍👧', 'family 👩‍👧'],
    // Nothing sensible left
    ['', 'picture'],
    ['///', 'picture'],
    ['..', 'picture'],
    ['cats/', 'cats/picture'],
    ['cats/.jpg', 'cats/picture'],
    ['.png', 'picture'],
    ['\u202E', 'picture'],
  ])('%j becomes %j', (template, expected) => {
    expect(path(template)).toBe(expected);
  });

  it('is cut at 120 bytes per name, between whole characters', () => {
    const name = path('👩‍👧'.repeat(30));
    expect(name).toBe('👩‍👧'.repeat(10));
    expect(Buffer.byteLength(path('é'.repeat(300)))).toBe(120);
  });

  it('has at most eight folders', () => {
    expect(path(`${'a/'.repeat(50)}name`)).toBe('a/a/a/a/a/a/a/a/name');
  });
});

it('[N3] is safe on every system, whatever it is made from', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'./\\ :conauxCOM1\u00b9$IN\u0301-~\0') }),
  );
  fc.assert(
    fc.property(anything, (template) => {
      for (const part of outputPath(template, { date: 'today' })) {
        expect(part).not.toMatch(/^\.|[/\\<>:"|?*]|[. ]$|^$/);
        expect(part).not.toMatch(
          /^(con|prn|aux|nul|conin\$|conout\$|com[\d\u00b9\u00b2\u00b3]|lpt[\d\u00b9\u00b2\u00b3])(\.|$)/i,
        );
        expect(part).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(Buffer.byteLength(part)).toBeLessThanOrEqual(121);
        expect(safeName(part)).toBe(part);
      }
    }),
    { numRuns: 2000 },
  );
});
