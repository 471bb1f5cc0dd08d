import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { languages } from '../../domain/words/languages';
import { IDEMPOTENCY_KEY, IF_MATCH, PREFIX } from './mount';
import { problemSchema } from './problem';
import { type AnswerShape, type Route, XLSX } from './route';

const words: Readonly<Record<number, string>> = {
  200: 'The command was carried out, or the row was found.',
  201: 'A new row was made.',
  202: 'The request is recorded and will be carried out.',
  204: 'The command was carried out.',
  400: 'The request is malformed.',
  401: 'The request has no valid token.',
  403: 'The caller may not do this.',
  404: 'The row does not exist, or lies outside the caller’s area.',
  409: 'The state of the row does not allow it, or the key was used for another body.',
  408: 'The body did not arrive in time.',
  412: 'The edited row has changed since the revision in If-Match: one entry for each changed field.',
  413: 'The body is too large.',
  415: 'The route needs another content type.',
  422: 'The request is well-formed, but fields are wrong: one entry for each field.',
  429: 'Too many requests came from this address.',
  500: 'A fault of the service stopped the command. The command is recorded. An administrator tries it again, and the same key then gives its answer.',
  503: 'The service cannot answer now. The outcome of a command is then not known: send it again with the same key.',
};

const ours = languages.map((tag) => `\`${tag}\``).join(', ');

/** The OpenAPI 3.1 document of the declared routes. */
export const openApiOf = (routes: readonly Route[]) =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: "Yo'llanma",
      version: '1',
      description:
        'From a social worker’s visit to a job kept for six months. Errors are problem details (RFC 9457) with a stable `code`. ' +
        'Commands take `Idempotency-Key`: the same key with the same body gives the same answer. Lists are paged by `limit` and `cursor`; `total` is the number of all their items, up to 10,000. ' +
        `Words come in the most wanted language of \`Accept-Language\` that is ours (${ours}), else in the caller’s own. \`Content-Language\` names it.`,
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
  if (route.bodyAs === 'csv')
    return { requestBody: { required: true, content: { 'text/csv': { schema: z.string() } } } };
  if (!route.body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } };
}

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
