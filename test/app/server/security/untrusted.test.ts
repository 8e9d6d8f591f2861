import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { extract } from '../../../../app/embed/embed.ts';
import { embedInPng } from '../../../../app/embed/png.ts';
import { readLook, readSubmitted } from '../../../../app/server/remote-reply.ts';
import { applyChange } from '../../../../graphs/changes.ts';
import { readGraphFile, writeGraphFile } from '../../../../graphs/file.ts';
import { readFragment } from '../../../../graphs/fragment.ts';
import { faultOfJson, MOST_DEPTH } from '../../../../graphs/untrusted.ts';
import { nodeTypes } from '../../../../nodes/index.ts';
import { makePicture } from '../../../support/pictures.ts';
import { openTestServer } from '../../../support/server.ts';

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const file = (nodes: string, edges = '[]') =>
  `{"format":"editloom-graph","version":1,"title":"T","nodes":${nodes},"edges":${edges}}`;
const read = (text: string) => readGraphFile(text, nodeTypes);
/** What every object has, and so must not stand for anything that a file brings. */
const inherited = Object.getOwnPropertyNames(Object.prototype);

describe('JSON from outside', () => {
  it('may be as deep as any graph, and not deeper', () => {
    expect(faultOfJson(JSON.parse(deep(MOST_DEPTH)))).toBeNull();
    expect(faultOfJson(JSON.parse(deep(MOST_DEPTH + 2)))).toMatch(/nested/);
    expect(faultOfJson(JSON.parse(deep(200_000)))).toMatch(/nested/);
  });

  it('may not have __proto__ as a key, at whatever depth', () => {
    expect(faultOfJson(JSON.parse('{"a":[{"b":{"__proto__":{"x":1}}}]}'))).toMatch(/__proto__/);
    expect(faultOfJson(JSON.parse('{"constructor":{"prototype":{}}, "a":["__proto__"]}'))).toBeNull();
  });
});

describe('a graph file', () => {
  it.each([
    ['deep parameters', file(`{"a":{"type":"unknown","params":{"x":${deep(100_000)}}}}`), /nested/],
    ['__proto__ as a node', file('{"__proto__":{"type":"edit"}}'), /__proto__/],
    ['__proto__ as a parameter', file('{"a":{"type":"edit","params":{"__proto__":{"polluted":1}}}}'), /__proto__/],
    ['constructor as a node', file('{"constructor":{"type":"edit"}}'), /not allowed|Invalid/],
  ])('with %s is refused in words', (_, text, words) => {
    expect(() => read(text)).toThrow(words);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('of more than 20 MB is refused before it is parsed', () => {
    expect(() => read(`${' '.repeat(20_000_001)}x`)).toThrow(/at most 20 MB/);
  });

  it.each(inherited)('gains nothing by the name %s, for a node, a type, a port, a parameter or a take', (name) => {
    const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
    const quoted = JSON.stringify(name);
    const text = file(
      `{"a":{"type":${quoted},"params":{${quoted}:1}},"e":{"type":"edit","title":${quoted},"link":"x"}}`,
      `[{"from":{"node":"a","port":${quoted}},"to":{"node":"e","port":${quoted}}},{"from":{"node":${quoted},"port":"image"},"to":{"node":"e","port":"image"}}]`,
    );
    const refusal = refusalOf(() => {
      const { graph } = read(text);
      const foreign = Object.values(graph.edges).filter(({ from }) => from.node === name);
      const isPlain = Object.getPrototypeOf(graph.nodes.a?.params) === Object.prototype;
      const isSame = isDeepStrictEqual(read(writeGraphFile('T', graph)).graph, graph);
      if (foreign.length > 0 || !isPlain || !isSame) return 'It was read, but changed something.';
      applyChange(graph, { type: 'setParam', id: 'e', key: name, value: { polluted: 1 } } as never);
      return null;
    });
    expect(refusal ?? 'Expected').toMatch(/not opened|cannot be read|Expected/);
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('the clipboard', () => {
  const fragment = (graph: string) => `{"format":"editloom-fragment","graph":${graph},"incoming":[]}`;

  it('gives nothing that is deep, poisoned or endless', () => {
    expect(readFragment(fragment(file('{"a":{"type":"edit"}}')), nodeTypes)).not.toBeNull();
    expect(readFragment(fragment(file(`{"a":{"type":"x","params":{"x":${deep(100_000)}}}}`)), nodeTypes)).toBeNull();
    expect(readFragment(fragment(file('{"a":{"type":"x","params":{"__proto__":{}}}}')), nodeTypes)).toBeNull();
    expect(readFragment(fragment(file('{"a":{"type":"edit"}}')) + ' '.repeat(20_000_001), nodeTypes)).toBeNull();
  });
});

describe('what a picture carries', () => {
  it('is nothing when it is deep or poisoned', async () => {
    const png = await makePicture();
    const carrying = (text: string) => extract(embedInPng(png, text));
    expect(carrying('{"editloom":1,"provenance":null,"graph":null}')).toEqual({
      editloom: 1,
      provenance: null,
      graph: null,
    });
    expect(carrying(`{"editloom":1,"provenance":null,"graph":${deep(100_000)}}`)).toBeNull();
    expect(carrying('{"editloom":1,"provenance":{"__proto__":{"polluted":1}},"graph":null}')).toBeNull();
  });

  it('is nothing when it unfolds to more than 16 MB', async () => {
    const bomb = `{"editloom":1,"provenance":null,"graph":"${'a'.repeat(17 * 1024 * 1024)}"}`;
    const picture = embedInPng(await makePicture(), bomb);
    expect(picture.length).toBeLessThan(50_000);
    expect(extract(picture)).toBeNull();
  });
});

describe('the body of a request', () => {
  it('that is deep or poisoned is refused in words, and no bug', async () => {
    const { send, bugs } = await openTestServer();
    const headers = { 'x-editloom': '1', 'content-type': 'application/json' };
    const key = 'a'.repeat(64);
    const bodies = [
      ['PUT', '/api/settings', '{"__proto__":{"service":"offline"}}'],
      ['PUT', '/api/settings', deep(40_000)],
      [
        'POST',
        '/api/outputs',
        `{"key":"${key}","picture":"${key}","name":"a","provenance":${deep(100_000)},"graph":null}`,
      ],
      ['POST', '/api/lookup', `{"keys":${deep(100_000)},"pictures":[]}`],
    ] as const;
    for (const [method, path, body] of bodies) {
      const reply = await send(path, { method, headers, body });
      expect([path, reply.status, await reply.json()]).toMatchObject([path, 400, { error: { code: 'bad-request' } }]);
    }
    expect(bugs).toEqual([]);
  });
});

describe('an answer of the edit service', () => {
  const answer = (text: string, status = 200) => ({ status, text, retryAfter: null });

  it('that is deep is not understood, instead of breaking what reads it', () => {
    const look = readLook(answer(`{"status":"failed","error":${deep(100_000)}}`), 0);
    expect(look).toMatchObject({ name: 'RemoteError', meaning: 'unclear' });
    expect(readSubmitted(answer(`{"detail":${deep(100_000)}}`), 0)).toMatchObject({ meaning: 'unclear' });
  });

  it('that is an endless page is read at its beginning', () => {
    const page = `<html>near ${'<b></b>'.repeat(4000)} far away`;
    expect(readSubmitted(answer(page, 502), 0)).toMatchObject({ message: expect.stringMatching(/near(?!.*far away)/) });
  });
});

/** What an attempt answers, or why it was refused. */
function refusalOf(attempt: () => string | null): string | null {
  try {
    return attempt();
  } catch (error) {
    return String(error);
  }
}
