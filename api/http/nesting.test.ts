import { DEEPEST, isTooDeep } from './nesting';

const nested = (n: number, [open = '', close = ''] = '[]') => open.repeat(n) + close.repeat(n);

test.each([
  ['flat', '{"a":[1,{"b":2}]}', false],
  ['as deep as may be', nested(DEEPEST), false],
  ['lists', nested(DEEPEST + 1), true],
  ['objects', `${'{"a":'.repeat(DEEPEST + 1)}1${'}'.repeat(DEEPEST + 1)}`, true],
  ['one after another', `[${'[],'.repeat(1000)}1]`, false],
  ['brackets in a text', JSON.stringify({ words: nested(1000) + '"[\\' }), false],
  ['after a text that ends in a backslash', `["\\\\",${nested(DEEPEST)}]`, true],
  ['never closed', '['.repeat(1000), true],
  ['no JSON', ']]]]}}', false],
  ['empty', '', false],
])('%s', (_name, json, tooDeep) => expect(isTooDeep(json)).toBe(tooDeep));
