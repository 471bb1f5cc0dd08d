import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument, isCollection, isNode, isPair, isScalar, type Document } from 'yaml';
import { z } from 'zod';
import { roles } from '../../domain/roles';
import { languages } from '../../domain/words/languages';
import { action } from '../../registers/sandbox/script';
import { isDuration } from '../../registers/sandbox/duration';

/** A scenario that cannot be read, or a step that cannot be done. The message has the error and its place. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

const instant = z.iso.datetime({ offset: true, error: 'an instant such as 2023-03-01T09:00:00+05:00' });
const duration = z.string().refine(isDuration, 'a length such as 90s, 30m, 3h, 6d, 2w or 6mo');
const path = z.string().regex(/^\/\S*$/, 'a path such as /v1/cases');
const note = z.string().optional();

/** A person by role, rank, area and name: the first sample official that fits, else a guest with these claims. */
const somebody = z.strictObject({
  role: z.enum(roles),
  rank: z.enum(['officer', 'head']).optional(),
  area: z.string().optional(),
  name: z.string().optional(),
});

const as = z.union([z.string(), somebody], {
  error: 'a role, an official such as case_manager-2, employer:<stir>, or { role, rank, area, name }',
});

const expectedMessage = z.strictObject({
  to: z.string(),
  text: z.string().optional(),
  language: z.enum(languages).optional(),
  channel: z.enum(['sms', 'email']).optional(),
  count: z.int().min(0).optional(),
});
export type ExpectedMessage = z.infer<typeof expectedMessage>;

const messages = z.array(expectedMessage).min(1).optional();
const expectation = z.strictObject({
  status: z.int().optional(),
  body: z.unknown().optional(),
  messages,
});
/** Of a step that has no answer. */
const expect = z.strictObject({ messages }).optional();

const request = {
  as,
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  expect: expectation.optional(),
  save: z.record(z.string().regex(/^\w+$/), z.string()).optional(),
  note,
};

const steps = {
  get: z.strictObject({ get: path, ...request }),
  post: z.strictObject({ post: path, ...request }),
  put: z.strictObject({ put: path, ...request }),
  patch: z.strictObject({ patch: path, ...request }),
  wait: z.strictObject({ wait: z.union([duration, z.strictObject({ until: instant })]), expect, note }),
  until: z.strictObject({ until: instant, expect, note }),
  register: z.strictObject({ register: z.record(z.string(), z.unknown()), expect, note }),
};

const scenario = z.strictObject({
  name: z.string().min(1),
  about: z.string().optional(),
  starts: instant,
  steps: z.array(z.record(z.string(), z.unknown())).min(1),
});

export type Who = z.infer<typeof as>;

export type Step = {
  note?: string | undefined;
  line: number;
  expect?: z.infer<typeof expectation> | undefined;
} & (
  | {
      does: 'request';
      method: 'GET' | 'POST' | 'PUT' | 'PATCH';
      path: string;
      as: Who;
      body?: unknown;
      headers?: Record<string, string> | undefined;
      save?: Record<string, string> | undefined;
    }
  | { does: 'wait'; length: string }
  | { does: 'until'; until: Date }
  | { does: 'register'; action: unknown }
);

export interface Scenario {
  name: string;
  about?: string | undefined;
  starts: Date;
  steps: Step[];
}

/** Parts of the API that use no money. */
const WITHOUT_MONEY = new Set([
  'assignments',
  'businesses',
  'calendar',
  'cases',
  'centres',
  'courses',
  'employments',
  'inspections',
  'officials',
  'people',
  'public-works',
  'referrals',
  'tasks',
  'trainings',
  'vacancies',
]);

/** Whether a step may use money. The scenario's world then needs budget lines. */
export const mayTouchMoney = ({ steps }: Pick<Scenario, 'steps'>): boolean =>
  steps.some(
    (step) =>
      (step.does === 'request' && !WITHOUT_MONEY.has(step.path.split(/[/?]/)[2] ?? '')) ||
      (step.does === 'register' && 'treasury' in (step.action as object)),
  );

/** @throws ScenarioError with file, line and error */
export const readScenario = (file: string): Scenario => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ScenarioError(`${file}: there is no such file`);
  }
  return parseScenario(text, file);
};

/**
 * A scenario from YAML.
 *
 * @param file the name of the file in messages
 * @throws ScenarioError with file, line and error
 */
export function parseScenario(text: string, file = 'scenario'): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineOf = (at: readonly PropertyKey[]): number => lines.linePos(offsetOf(document, at)).line;
  const [error] = document.errors;
  if (error) throw new ScenarioError(`${file}:${error.linePos?.[0].line ?? 1}: ${error.message}`);

  const wrong = (issues: readonly z.core.$ZodIssue[], inside: readonly PropertyKey[] = []): ScenarioError =>
    new ScenarioError(
      issues
        .map((issue) => {
          const at = [...inside, ...issue.path];
          return `${file}:${lineOf(at)}: ${nameOf(at)}${sentence(issue)}`;
        })
        .join('\n'),
    );

  const read = scenario.safeParse(document.toJS());
  if (!read.success) throw wrong(read.error.issues);
  const { starts, ...rest } = read.data;
  return {
    ...rest,
    starts: new Date(starts),
    steps: read.data.steps.map((written, index) => {
      const at = ['steps', index];
      const kinds = Object.keys(steps).filter((kind) => kind in written) as (keyof typeof steps)[];
      const [kind] = kinds;
      if (kind === undefined || kinds.length > 1)
        throw new ScenarioError(
          `${file}:${lineOf(at)}: step ${index + 1}: needs exactly one of: ${Object.keys(steps).join(', ')}`,
        );
      const step = steps[kind].safeParse(written);
      if (!step.success) throw wrong(step.error.issues, at);
      const said =
        'register' in step.data &&
        !namesSomething(step.data.register) &&
        action.safeParse(step.data.register);
      if (said && !said.success) throw wrong(said.error.issues, [...at, 'register']);
      return { ...meaningOf(step.data), line: lineOf(at) };
    }),
  };
}

type Written = z.infer<(typeof steps)[keyof typeof steps]>;
type WithoutLine<S> = S extends unknown ? Omit<S, 'line'> : never;

function meaningOf(step: Written): WithoutLine<Step> {
  const { note: said, expect: wanted } = step;
  const every = { note: said, expect: wanted };
  if ('wait' in step)
    return typeof step.wait === 'string'
      ? { does: 'wait', length: step.wait, ...every }
      : { does: 'until', until: new Date(step.wait.until), ...every };
  if ('until' in step) return { does: 'until', until: new Date(step.until), ...every };
  if ('register' in step) return { does: 'register', action: step.register, ...every };
  if ('get' in step) return { does: 'request', method: 'GET', path: step.get, ...step };
  if ('put' in step) return { does: 'request', method: 'PUT', path: step.put, ...step };
  if ('patch' in step) return { does: 'request', method: 'PATCH', path: step.patch, ...step };
  return { does: 'request', method: 'POST', path: step.post, ...step };
}

/** A text with the name of a saved value can be checked only when the value is known. */
const namesSomething = (written: unknown): boolean => JSON.stringify(written).includes('${');

const nameOf = (at: readonly PropertyKey[]): string => {
  if (at.length === 0) return '';
  const [first, index, ...rest] = at;
  if (first === 'steps' && typeof index === 'number')
    return `step ${index + 1}${rest.length > 0 ? `, ${rest.join('.')}` : ''}: `;
  return `${at.join('.')}: `;
};

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_union')
    return (
      issue.errors
        .flat()
        .map((inner) => sentence(inner))
        .join(', or ') || issue.message
    );
  return issue.message;
}

/** The place of a path of keys in the text, or of its longest part that exists. */
function offsetOf(document: Document.Parsed, at: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of at) {
    if (!isCollection(node)) break;
    const found: unknown = node.items.find((item, index) =>
      isPair(item) ? isScalar(item.key) && item.key.value === key : index === key,
    );
    if (found === undefined) break;
    if (isPair(found)) {
      if (isNode(found.key)) offset = found.key.range?.[0] ?? offset;
      node = found.value;
    } else {
      if (isNode(found)) offset = found.range?.[0] ?? offset;
      node = found;
    }
  }
  return offset;
}
