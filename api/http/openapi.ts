import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { IDEMPOTENCY_KEY, IF_MATCH, PREFIX } from './mount';
import { problemSchema } from './problem';
import { type AnswerShape, type Route, XLSX } from './route';

const words: Readonly<Record<number, string>> = {
  200: 'Done, or found.',
  201: 'Made.',
  202: 'Taken.',
  204: 'Done.',
  400: 'Malformed.',
  401: 'No valid token.',
  403: 'Not the caller’s to do.',
  404: 'Not there, or outside the caller’s area.',
  409: 'Not in this state, or the key was used for another body.',
  408: 'The body did not come in time.',
  412: 'Changed meanwhile: one entry per field that changed since the revision named.',
  413: 'Too large.',
  415: 'Another content type is needed.',
  422: 'Well-formed, but wrong: one entry per field.',
  429: 'Too many requests.',
  500: 'A fault of the service stopped it. It is recorded; an administrator tries it again, and the same key then answers.',
  503: 'The service cannot answer now; after a command its outcome is not known: send the same key again.',
};

/** The OpenAPI 3.1 document of the declared routes. */
export const openApiOf = (routes: readonly Route[]) =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: "Yo'llanma",
      version: '1',
      description:
        'From a social worker’s visit to a job kept for six months. Errors are problem details (RFC 9457) with a stable `code`. ' +
        'Commands take `Idempotency-Key`: the same key and body gives the same answer. Lists are paged by `limit` and `cursor`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: PREFIX }],
    security: [{ bearer: [] }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths: pathsOf(routes),
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema },
    },
  });

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
      description: 'The same key and body gives the same answer; another body is refused (409).',
    }),
});

const editing = idempotencyKey.extend({
  [IF_MATCH]: z.string().optional().meta({
    description:
      'The ETag of the answer that was edited: if it has changed since, the edit is refused (412). Without it the edit is made.',
    example: '"3"',
  }),
});

function operationOf(route: Route): ZodOpenApiOperationObject {
  const who = typeof route.who === 'string' ? route.who : route.who.join(', ');
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
  if (route.takes === 'csv')
    return { requestBody: { required: true, content: { 'text/csv': { schema: z.string() } } } };
  if (!route.body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } };
}

const tagged = z.object({
  ETag: z
    .string()
    .meta({ description: 'The revision of what people edit of it, for If-Match.', example: '"3"' }),
});

const answersOf = (route: Route) =>
  Object.fromEntries(
    Object.entries(route.answers).map(([status, shape]) => [
      status,
      {
        description: words[Number(status)] ?? 'Done.',
        ...(shape instanceof z.ZodObject && 'revision' in shape.shape && { headers: tagged }),
        content: contentOf(shape),
      },
    ]),
  );

const contentOf = (shape: AnswerShape) =>
  shape instanceof z.ZodType
    ? { 'application/json': { schema: shape } }
    : {
        'application/json': { schema: shape.json },
        'text/csv': { schema: z.string().meta({ description: shape.csv }) },
        ...(shape.xlsx && { [XLSX]: { schema: z.string().meta({ format: 'binary' }) } }),
      };

/** The statuses with which a route may refuse. */
export function errorsOf(route: Route): number[] {
  const hasBody = route.body !== undefined || route.takes !== undefined;
  return [
    400,
    ...(route.who === 'public' ? [] : [401]),
    ...(typeof route.who === 'string' ? [] : [403]),
    ...(route.params || route.command ? [404] : []),
    ...(route.command ? [409, 500] : []),
    ...(route.edits ? [412] : []),
    ...(hasBody ? [408, 413, 415] : []),
    ...(route.body || route.takes === 'csv' ? [422] : []),
    429,
    503,
    ...(route.errors ?? []),
  ].toSorted((a, b) => a - b);
}

const problemsOf = (route: Route) =>
  Object.fromEntries(
    errorsOf(route).map((status) => [
      String(status),
      {
        description: words[status] ?? 'Error.',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
