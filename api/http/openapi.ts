import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Role } from '../../domain/roles';
import type { Transition } from '../../domain/transitions';
import { shownKinds } from '../../records/kernel/kinds';
import { pathwayOf } from '../../records/kernel/rows';
import { csvExampleOf, exampleOf, formsOf } from './examples';
import { introduction, tagWords } from './introduction';
import { IDEMPOTENCY_KEY, IF_MATCH, PREFIX } from './mount';
import { described, type Parameter } from './parameters';
import { problemSchema } from './problem';
import { refusals } from './refusals';
import { type AnswerShape, type Route, XLSX } from './route';

const words: Readonly<Record<number, string>> = {
  200: 'The command was carried out, or the row was found.',
  201: 'A new row was made.',
  202: 'The request is recorded and will be carried out.',
  204: 'The command was carried out.',
};

/** The OpenAPI 3.1 document of the declared routes. */
export function openApiOf(routes: readonly Route[]) {
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: "Yo'llanma",
      version: '1',
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: PREFIX }],
    security: [{ bearer: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map(tagOf),
    paths: pathsOf(routes),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema },
    },
  });
  for (const operation of operationsOf(document))
    if (operation.parameters) operation.parameters = operation.parameters.map(described);
  return document;
}

/** A body or answer of the document, as far as it is read here. */
export interface Part {
  content?: Record<string, { example?: unknown; examples?: unknown }>;
}

interface Operation {
  operationId?: string;
  parameters?: Parameter[];
  requestBody?: Part;
  responses?: Record<string, Part>;
}

export const operationsOf = ({ paths = {} }: { paths?: object }): Operation[] =>
  Object.values(paths).flatMap((methods: object) => Object.values(methods) as Operation[]);

function tagOf(name: string) {
  const description = tagWords[name];
  return { name, ...(description !== undefined && { description }) };
}

function pathsOf(routes: readonly Route[]): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operationOf(route);
  return paths;
}

const idempotencyKey = z.object({
  [IDEMPOTENCY_KEY]: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({
      pattern: String.raw`^[\x21-\x7e]+$`,
      description:
        'The same key with the same body gives the same answer. The same key with another body is refused (409).',
    }),
});

const editing = idempotencyKey.extend({
  [IF_MATCH]: z.string().optional().meta({
    description:
      'The ETag of the answer that is edited. The edit is refused (412) when the row has changed since. Without this header the edit is made.',
    example: '"3"',
  }),
});

/** The command that an action of a route names; none for an act that is no command. */
function commandOf(action: string): Transition<string>[] {
  const [row, name = ''] = action.split('.');
  const kind = shownKinds.find((one) => one === row);
  const command = kind && pathwayOf(kind).commands[name];
  return command ? [command] : [];
}

/** A role of a route: of its head alone, where all commands of the route are the head's. */
function called({ actions = [] }: Route, role: Role): string {
  const theirs = actions.flatMap(commandOf).filter(({ by }) => by.includes(role));
  return theirs.length > 0 && theirs.every(({ rank }) => rank === 'head') ? `${role} (head)` : role;
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const who =
    typeof route.who === 'string' ? route.who : route.who.map((role) => called(route, role)).join(', ');
  return {
    operationId: `${route.method} ${route.path}`
      .replaceAll(/[{}]/g, '')
      .replaceAll(/[^A-Za-z]+(\w)/g, (_, next: string) => next.toUpperCase()),
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, `For: ${who}.`].filter(Boolean).join('\n\n'),
    ...(route.actions && { 'x-actions': route.actions }),
    ...(route.who === 'public' && { security: [] }),
    requestParams: {
      ...(route.params && { path: route.params as z.ZodObject }),
      ...(route.query && { query: route.query as z.ZodObject }),
      ...(route.command && { header: route.edits ? editing : idempotencyKey }),
    },
    ...requestBodyOf(route),
    responses: { ...answersOf(route), ...problemsOf(route) },
  };
}

function requestBodyOf(route: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  const { bodyAs, body, bodyShape = body } = route;
  if (!bodyShape) return {};
  const content =
    bodyAs === 'csv'
      ? { 'text/csv': asCsv(route, bodyShape) }
      : { 'application/json': asJson(bodyShape, rootOf(route)) };
  return { requestBody: { required: true, content } };
}

/** The place of a route's body and answers in `exampleFields`: `cases.closure` of `POST /cases/{id}/closure`. */
export const rootOf = ({ path }: Route): string =>
  path
    .split('/')
    .filter((part) => /^\w/.test(part))
    .join('.');

const asCsv = (route: Route, line: z.ZodType) => ({
  schema: z.string(),
  example: csvExampleOf(lineOf(route, line).value as object),
});

/** An example of a line. It has cells in place of lists, so its fields have names of their own: `csv.skills`. */
export const lineOf = (route: Route, line: z.ZodType) => exampleOf(line, `${rootOf(route)}.csv`);

const asJson = (schema: z.ZodType, root: string) => {
  const forms = formsOf(schema, root).filter(({ value }) => value !== undefined);
  const [first] = forms;
  if (!first) return { schema };
  if (forms.length === 1) return { schema, example: first.value };
  return {
    schema,
    examples: Object.fromEntries(forms.map(({ name, value }) => [name, { summary: name, value }])),
  };
};

const tagged = z.object({
  ETag: z
    .string()
    .meta({ description: 'The revision of the fields that people edit, for If-Match.', example: '"3"' }),
});

const answersOf = (route: Route) =>
  Object.fromEntries(
    Object.entries(route.answers).map(([status, shape]) => [
      status,
      {
        description: words[Number(status)] ?? 'The command was carried out.',
        ...(shape instanceof z.ZodObject && 'revision' in shape.shape && { headers: tagged }),
        content: contentOf(shape, rootOf(route)),
      },
    ]),
  );

const contentOf = (shape: AnswerShape, root: string) =>
  shape instanceof z.ZodType
    ? { 'application/json': asJson(shape, root) }
    : 'svg' in shape
      ? {
          'image/svg+xml': {
            schema: z.string().meta({ description: shape.svg }),
            example: '<svg xmlns="http://www.w3.org/2000/svg"/>',
          },
        }
      : {
          'application/json': asJson(shape.json, root),
          'text/csv': {
            schema: z.string().meta({ description: shape.csv }),
            example: csvExampleOf(rowOf(shape, root)),
          },
          ...(shape.xlsx && { [XLSX]: { schema: z.string().meta({ format: 'binary' }) } }),
        };

/** A row of a report's example, by the columns of its CSV. */
function rowOf({ json, csv }: Extract<AnswerShape, { csv: string }>, root: string): object {
  const report = exampleOf(json, root).value as object;
  const rows = Object.values(report).find((value) => Array.isArray(value)) as object[] | undefined;
  const [row = {}] = rows ?? [];
  return Object.fromEntries(
    csv.split(',').map((column) => [column, (row as Record<string, unknown>)[column]]),
  );
}

/** The statuses of a route's refusals. */
export function errorsOf(route: Route): number[] {
  const hasBody = route.body !== undefined || route.bodyAs !== undefined;
  return [
    400,
    ...(route.who === 'public' ? [] : [401]),
    ...(typeof route.who === 'string' ? [] : [403]),
    ...(route.params || route.command ? [404] : []),
    ...(route.command ? [409, 500] : []),
    ...(route.edits ? [412] : []),
    ...(hasBody ? [408, 413, 415] : []),
    ...(route.body || route.bodyAs === 'csv' ? [422] : []),
    429,
    503,
    ...(route.errors ?? []),
  ].toSorted((a, b) => a - b);
}

/** Each refusal is one component, which all routes share. */
const problems = Object.fromEntries(
  Object.entries(refusals).map(([status, { words: description, ...refusal }]) => {
    const { value } = exampleOf(problemSchema, 'Problem');
    const example = {
      ...(value as object),
      title: STATUS_CODES[status],
      status: Number(status),
      ...refusal,
    };
    const content = { 'application/problem+json': { schema: problemSchema, example } };
    return [status, { id: `Problem${status}`, description, content }];
  }),
);

const problemsOf = (route: Route) =>
  Object.fromEntries(
    errorsOf(route).map((status) => [String(status), problems[status] ?? { description: 'Error.' }]),
  );
