import { z } from 'zod';
import { csvExampleOf, exampleOf, formsOf } from './examples';

test('a field without an example is named by its place', () => {
  const schema = z.object({ deep: z.array(z.object({ unheardOf: z.string(), month: z.string() })) });
  expect(exampleOf(schema, 'things')).toEqual({
    value: { deep: [{ month: '2026-03' }] },
    missing: ['things.deep.unheardOf'],
  });
});

test('an object with any fields has no example until it is given one', () => {
  expect(exampleOf(z.object({ odd: z.looseObject({}) }), '').missing).toEqual(['.odd']);
  expect(exampleOf(z.strictObject({}), '')).toEqual({ value: {}, missing: [] });
});

test('the example beside the shape comes before that of the bare name, and after that of a place', () => {
  const month = z.string().meta({ example: '2024-05' });
  expect(exampleOf(z.object({ month }), '').value).toEqual({ month: '2024-05' });
  const id = z.string().meta({ example: 'own' });
  expect(exampleOf(z.object({ id }).meta({ id: 'PersonItem' }), '').value).toEqual({ id: 'P-000003' });
});

test('an example that the shape does not accept is passed over', () => {
  expect(exampleOf(z.object({ month: z.enum(['may', 'june']) }), '').value).toEqual({ month: 'may' });
});

test('a part of an object is completed from its fields', () => {
  const waitingFor = z.object({ what: z.string(), role: z.string(), month: z.string() }).nullable();
  const { value } = exampleOf(z.object({ waitingFor }).meta({ id: 'Case' }), '');
  expect(value).toMatchObject({ waitingFor: { role: 'case_manager', month: '2026-03' } });
});

test('a union has a form for each alternative, called by what tells them apart', () => {
  const reached = z.literal(true);
  const union = z.union([
    z.object({ month: z.string() }),
    z.object({ reached }),
    z.object({}).meta({ id: 'None' }),
  ]);
  expect(formsOf(union, '').map(({ name }) => name)).toEqual(['month', 'reached: true', 'None']);
});

test('a cell of CSV with a separator or a quote stands in quotes', () => {
  expect(csvExampleOf({ a: 'x;y', b: 'the "c"', n: 2, none: null })).toBe('a,b,n,none\n"x;y","the ""c""",2,');
});
