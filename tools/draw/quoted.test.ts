import { quoted } from './quoted';

const source = "import { stages } from './stages';\n\n/** A referral. */\nexport const a = 1;\n";

test('the first block of TypeScript becomes the source without its imports', () => {
  expect(quoted('before\n```ts\nold\n```\nafter ```ts\nkept\n```', source)).toBe(
    'before\n```ts\n/** A referral. */\nexport const a = 1;\n```\nafter ```ts\nkept\n```',
  );
});

test('a document without a block of TypeScript is an error', () => {
  expect(() => quoted('nothing', source)).toThrow('no block of TypeScript');
});
