import { z } from 'zod';
import { routes } from '../routes';
import { columnsOf, readLine } from './csv-rows';
import { csvExampleOf, formsOf } from './examples';
import { firstCase } from './introduction';
import { lineOf, openApiOf, operationsOf, type Part, rootOf } from './openapi';
import { problemSchema } from './problem';
import type { Route } from './route';

const HOW =
  'Give the field’s schema one with .meta({ example }), or give its name one in api/http/example-fields.ts.';

const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;

interface Shape {
  of: string;
  root: string;
  schema: z.ZodType;
}

const jsonOf = (shape: Route['answers'][number]): z.ZodType[] => {
  if (shape instanceof z.ZodType) return [shape];
  return 'svg' in shape ? [] : [shape.json];
};

const bodies: Shape[] = routes
  .filter(({ bodyAs }) => bodyAs !== 'csv')
  .flatMap((route) => {
    const schema = route.body ?? route.bodyShape;
    return schema ? [{ of: `${nameOf(route)}: body`, root: rootOf(route), schema }] : [];
  });
const answers: Shape[] = routes.flatMap((route) =>
  Object.entries(route.answers).flatMap(([status, shape]) =>
    jsonOf(shape).map((schema) => ({ of: `${nameOf(route)}: ${status}`, root: rootOf(route), schema })),
  ),
);

/** What is wrong with the examples of shapes: fields without one, and values that the shape does not accept. */
function faultsOf(shapes: readonly Shape[]): string[] {
  const without = new Map<string, string>();
  const faults: string[] = [];
  for (const { of, root, schema } of shapes) {
    const forms = formsOf(schema, root);
    if (new Set(forms.map(({ name }) => name)).size < forms.length)
      faults.push(`${of}: two forms have the same name. Give each .meta({ title }).`);
    for (const { value, missing } of forms) {
      for (const place of missing) if (!without.has(place)) without.set(place, of);
      const { error } = schema.safeParse(value);
      if (error && missing.length === 0)
        faults.push(`${of}: its example is not accepted.\n${z.prettifyError(error)}`);
    }
  }
  return [...[...without].map(([place, of]) => `${place} has no example (${of}). ${HOW}`), ...faults];
}

describe('the reference document', () => {
  test('every body has an example that its schema accepts', () => {
    expect(faultsOf(bodies)).toEqual([]);
  });

  test('every answer has an example that its schema accepts', () => {
    expect(faultsOf(answers)).toEqual([]);
  });

  test('every CSV body has an example that the import reads', () => {
    const faults = routes
      .filter(({ bodyAs }) => bodyAs === 'csv')
      .flatMap((route) => {
        if (!route.bodyShape) return [`${nameOf(route)}: name the shape of a line as its bodyShape.`];
        const { value, missing } = lineOf(route, route.bodyShape);
        if (missing.length > 0)
          return missing.map((place) => `${nameOf(route)}: ${place} has no example. ${HOW}`);
        const [header = '', line = ''] = csvExampleOf(value as object).split('\n');
        const read = readLine(
          route.bodyShape,
          columnsOf(header, { needed: [], possible: Object.keys(value as object) }),
          line,
        );
        return 'errors' in read ? [`${nameOf(route)}: ${JSON.stringify(read.errors)}`] : [];
      });
    expect(faults).toEqual([]);
  });
});

describe('the document of all routes', () => {
  const document = openApiOf(routes);

  test('every parameter has a description, and no optional one has an example that a page would fill in', () => {
    const faults = operationsOf(document).flatMap(({ operationId, parameters = [] }) =>
      parameters.flatMap(({ name, required, description = '', schema = {} }) => [
        ...(description === ''
          ? [
              `${operationId}: ${name} has no description. Give its schema one, or its name one in api/http/parameters.ts.`,
            ]
          : []),
        ...(!required && 'example' in schema
          ? [`${operationId}: ${name} is filled in with an example.`]
          : []),
      ]),
    );
    expect(faults).toEqual([]);
  });

  test('a filter by a row says that it selects, not what a number is', () => {
    const filters = operationsOf(document).flatMap(({ parameters = [] }) =>
      parameters.filter(({ name = '', in: where, schema }) => {
        const form = JSON.stringify(schema);
        return (
          where === 'query' &&
          ['case', 'employer', 'person', 'referral'].includes(name) &&
          form.includes('pattern')
        );
      }),
    );
    expect(filters.length).toBeGreaterThan(5);
    for (const { description } of filters) expect(description).toMatch(/^Only /);
  });

  test('every JSON body and answer of the document has an example', () => {
    const contents = operationsOf(document).flatMap(({ operationId, requestBody, responses = {} }) =>
      [requestBody, ...Object.entries(responses).map(([status, answer]) => status < '300' && answer)].flatMap(
        (part) =>
          part
            ? Object.entries(part.content ?? {}).map(([type, content]) => ({
                at: `${operationId} ${type}`,
                content,
              }))
            : [],
      ),
    );
    const without = contents.filter(
      ({ at, content }) => !at.endsWith('sheet') && !content.example && !content.examples,
    );
    expect(contents.length).toBeGreaterThan(200);
    expect(without.map(({ at }) => at)).toEqual([]);
  });

  test('every refusal has an example that the shape of problems accepts', () => {
    const answers = Object.values(document.components?.responses ?? {}) as Part[];
    const examples = answers.map(({ content = {} }) => content['application/problem+json']?.example);
    expect(examples.length).toBeGreaterThan(10);
    for (const example of examples) expect(problemSchema.strict().parse(example)).toEqual(example);
  });
});

describe('the first case of the introduction', () => {
  test.each(firstCase.map((step) => [step.call, step] as const))('%s', (call, { by, body }) => {
    const [method, url = ''] = call.split(' ');
    const path = url.split('?')[0] ?? '';
    const fits = (route: Route) =>
      new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[A-Z]-\\d+')}$`).test(path);
    const route = routes.find((each) => each.method === method?.toLowerCase() && fits(each));
    expect(route?.who).toContain(by);
    const query = Object.fromEntries(new URLSearchParams(url.split('?')[1]));
    expect([route?.body?.safeParse(body).error, route?.query?.safeParse(query).error]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
