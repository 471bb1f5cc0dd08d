import { changed, differences } from './versions';

const escort = (provider: string) => ({ kind: 'escort', provider });

test('what is added, changed and dropped: entries of one kind belong together in their order', () => {
  const legal = { kind: 'legal', provider: 'the advice centre' };
  const before = [escort('INSON'), legal, escort('Mahalla')];
  const after = [escort('INSON'), escort('the family'), { kind: 'documents', provider: 'INSON' }];
  expect(differences(before, after, ['provider'])).toEqual({
    added: [{ kind: 'documents', provider: 'INSON' }],
    kept: [
      { before: escort('INSON'), after: escort('INSON'), fields: [] },
      { before: escort('Mahalla'), after: escort('the family'), fields: ['provider'] },
    ],
    dropped: [legal],
  });
});

test('the same version changes nothing, in whatever order its kinds stand', () => {
  const legal = { kind: 'legal', provider: 'the advice centre' };
  const { added, dropped, kept } = differences(
    [legal, escort('INSON')],
    [escort('INSON'), legal],
    ['provider'],
  );
  expect([added, dropped, kept.flatMap(({ fields }) => fields)]).toEqual([[], [], []]);
});

test('no value and an absent field are the same', () => {
  expect(changed<{ a?: string | null }, { a?: string | null }>({ a: null }, {}, ['a'])).toEqual([]);
  expect(changed({ a: 'x' }, { a: 'y' }, ['a'])).toEqual(['a']);
});
