import { z } from 'zod';
import { errorsOf } from '../../contracts/errors';
import { routes } from '../routes';
import { validated } from './validation';

/** A field with a choice of values: its place in a body, and a body that has another value there. */
interface Choice {
  at: string;
  values: unknown[];
  wrong: unknown;
}

const NONSENSE = 'nonsense';

/** The fields with a choice of values in a schema. Fields of a union's branches are tried with their own branch. */
function choicesOf(schema: z.ZodType): Choice[] {
  if (schema instanceof z.ZodEnum) return [{ at: '', values: schema.options, wrong: NONSENSE }];
  if (schema instanceof z.ZodLiteral && schema.values.size > 1)
    return [{ at: '', values: [...schema.values], wrong: NONSENSE }];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, inner]) =>
      under(key, choicesOf(inner), (wrong) => ({ [key]: wrong })),
    );
  if (schema instanceof z.ZodArray)
    return under('0', choicesOf(schema.element as z.ZodType), (wrong) => [wrong]);
  const inner = (schema as { def?: { innerType?: z.ZodType } }).def?.innerType;
  return inner ? choicesOf(inner) : [];
}

const under = (key: string, choices: Choice[], put: (wrong: unknown) => unknown): Choice[] =>
  choices.map(({ at, values, wrong }) => ({
    at: at === '' ? key : `${key}.${at}`,
    values,
    wrong: put(wrong),
  }));

/** The schemas of a body: the body, or each of its kinds. */
const kindsOf = (body: z.ZodType): z.ZodType[] =>
  body instanceof z.ZodUnion ? (body.options as z.ZodType[]).flatMap(kindsOf) : [body];

const found = routes.flatMap(({ method, path, body, query }) =>
  [...(body ? kindsOf(body) : []), ...(query ? [query] : [])].flatMap((schema) =>
    choicesOf(schema).map((choice) => ({ ...choice, name: `${method} ${path} ${choice.at}`, schema })),
  ),
);

test.each(found)('$name: a wrong value is answered with the values that are possible', (choice) => {
  const { error } = choice.schema.safeParse(choice.wrong, { reportInput: true });
  const told = error && errorsOf(error).find(({ field }) => field === choice.at);
  expect(told?.possible).toEqual(choice.values);
  expect(told?.detail).toBe(`Choose one of: ${choice.values.join(', ')}.`);
});

test('many routes have a choice of values', () => {
  expect(found.length).toBeGreaterThan(40);
});

const step = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('ask') }),
  z.strictObject({ step: z.literal('enter'), group: z.union([z.literal(1), z.literal(2)]) }),
]);
const problem = (body: unknown) => {
  try {
    validated(step, body, 'body');
    return [];
  } catch (error) {
    return (error as { extras: { errors: unknown[] } }).extras.errors;
  }
};

test.each([
  [{ step: 'go' }, 'step', 'Choose one of: ask, enter.', ['ask', 'enter']],
  [{}, 'step', 'Is required. Choose one of: ask, enter.', ['ask', 'enter']],
  [{ step: 'enter', group: 7 }, 'group', 'Choose one of: 1, 2.', [1, 2]],
  [{ step: 'enter' }, 'group', 'Is required. Choose one of: 1, 2.', [1, 2]],
])('%j: the kind of a body, and a choice of numbers', (body, field, detail, possible) => {
  expect(problem(body)).toEqual([{ field, detail, possible }]);
});

test('a body of several kinds is refused as the kind whose fields it has', () => {
  const referral = routes.find(({ method, path }) => method === 'post' && path === '/cases/{id}/referrals');
  const refused = referral?.body?.safeParse({ vacancy: 'V-000001', declined: '' }, { reportInput: true });
  expect(refused?.error && errorsOf(refused.error)).toEqual([
    { field: 'declined', detail: expect.not.stringContaining('unknown') },
  ]);
});
