import { expect, it } from 'vitest';
import { shortened } from '../../../app/grid/shorten.ts';

it.each<[why: string, texts: string[], short: string[]]>([
  [
    'what all begin and end with is left out, in whole words',
    ['change the background to orange and keep the cup', 'change the background to sky blue and keep the cup'],
    ['… orange …', '… sky blue …'],
  ],
  [
    'words that only begin alike stay whole',
    ['a photograph of a cathedral', 'a photograph of a cat'],
    ['… cathedral', '… cat'],
  ],
  ['little in common is not worth a sign', ['make it red', 'make it blue'], ['make it red', 'make it blue']],
  ['one text stays as it is', ['change the background to orange'], ['change the background to orange']],
  [
    'texts that are all the same stay as they are',
    ['change the background to orange', 'change the background to orange'],
    ['change the background to orange', 'change the background to orange'],
  ],
  [
    'the one that is contained in the other keeps a word',
    ['change the background to orange', 'change the background to orange and blur it'],
    ['… orange', '… orange and blur it'],
  ],
  ['numbers stay', ['1', '2', '10'], ['1', '2', '10']],
  ['nothing at all is nothing', [], []],
  [
    'an empty one among them is left alone',
    ['', 'a long text that says something'],
    ['', 'a long text that says something'],
  ],
])('%s', (_, texts, short) => {
  expect(shortened(texts)).toEqual(short);
});
