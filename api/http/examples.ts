import type { z } from 'zod';
import { exampleFields } from './example-fields';

/*
 * Examples of bodies and answers, composed from the examples of their fields. A field has its example beside its shape
 * (`.meta({ example })`), or by its name (`exampleFields`). So a new field with a known name is in every example at once.
 */

/** An example, and the fields that have none. */
interface Example {
  value: unknown;
  /** The places of the fields without an example, such as `Case.plan.measures`. */
  missing: string[];
}

/** One of several forms of a body or answer. */
interface Form extends Example {
  name: string;
}

/**
 * An example of a shape, composed of its fields.
 *
 * @param root the place of the shape in `exampleFields`, such as `cases.closure`, where the shape itself has no id
 */
export function exampleOf(schema: z.ZodType, root: string): Example {
  const missing: string[] = [];
  return { value: composed(schema, root.split('.'), missing), missing };
}

/** An example of each form of a shape: of each alternative where the shape is a union, else of the shape. */
export function formsOf(schema: z.ZodType, root: string): Form[] {
  const { type, options, discriminator } = schema.def as Def;
  if (type !== 'union' || !options || options.length < 2 || ownOf(schema) !== undefined)
    return [{ name: nameOf(schema), ...exampleOf(schema, root) }];
  return options.map((option) => ({ name: nameOf(option, discriminator), ...exampleOf(option, root) }));
}

/** The parts of a schema's definition that are read here, for every type of schema. */
interface Def {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  element?: z.ZodType;
  options?: readonly z.ZodType[];
  discriminator?: string;
  shape?: Readonly<Record<string, z.ZodType>>;
  catchall?: z.ZodType;
  entries?: Readonly<Record<string, string>>;
  values?: readonly unknown[];
  format?: string;
}

/** Left out of the example: the optional field has none in the story that the examples tell. */
const LEFT_OUT = undefined;

function composed(schema: z.ZodType, place: readonly string[], missing: string[]): unknown {
  const at = placeOf(schema) ?? place;
  const own = ownOf(schema);
  const named = byName(schema, place, own) ?? byName(schema, at, own);
  if (!named) return own ?? partsOf(schema, at, missing);
  if (!isObject(named.value) || own !== undefined) return named.value;
  const inParts: string[] = [];
  const parts = partsOf(schema, at, inParts);
  if (!isObject(parts)) return named.value;
  const isNamed = (path: string) =>
    Object.keys(named.value as object).some((name) => isIn([...at, name].join('.'), path));
  missing.push(...inParts.filter((path) => !isNamed(path)));
  return { ...parts, ...named.value };
}

/** Whether a path is that of a field, or lies inside the field. */
const isIn = (field: string, path: string): boolean => path === field || path.startsWith(`${field}.`);

function partsOf(schema: z.ZodType, at: readonly string[], missing: string[]): unknown {
  const def = schema.def as Def;
  const inner = def.innerType ?? def.in;
  if (inner) return composed(inner, at, missing);
  if (def.shape) return ofFields(def, at, missing);
  if (def.element) {
    const item = composed(def.element, at, missing);
    return item === undefined ? [] : [item];
  }
  if (def.options?.[0]) return composed(def.options[0], at, missing);
  if (def.entries) return Object.values(def.entries)[0];
  if (def.values) return def.values[0];
  if (def.type === 'boolean') return true;
  if (def.format === 'datetime') return '2026-03-02T05:15:00.000Z';
  if (schema.meta()?.['format'] === 'date') return '2026-03-02';
  missing.push(at.join('.'));
  return undefined;
}

/** An object with any fields needs an example of the whole. */
function ofFields({ shape = {}, catchall }: Def, at: readonly string[], missing: string[]): unknown {
  const fields = Object.entries(shape);
  if (fields.length === 0 && catchall?.def.type !== 'never') {
    missing.push(at.join('.'));
    return undefined;
  }
  const values = fields.map(([name, field]) => [name, composed(field, [...at, name], missing)]);
  return Object.fromEntries(values.filter(([, value]) => value !== LEFT_OUT));
}

/** The example that stands beside the shape. */
const ownOf = (schema: z.ZodType): unknown => schema.meta()?.['example'];

/** A shape with an id is a place of its own. An item of a list, a row that was found and an edited row have the fields of the row. */
function placeOf(schema: z.ZodType): [string] | undefined {
  const id = schema.meta()?.id;
  return id === undefined ? undefined : [id.replace(/(Item|Edited|Found)$/, '')];
}

/**
 * The example by the field's name: that of the longest end of its place (`Case.plan.kind`, `plan.kind`, `kind`) that the
 * shape accepts. The bare name is not used where the shape has an example of its own. An example that is undefined leaves the
 * field out.
 */
function byName(schema: z.ZodType, at: readonly string[], own: unknown): { value: unknown } | undefined {
  const ends = at.length - (own === undefined ? 0 : 1);
  for (let from = 0; from < ends; from += 1) {
    const name = at.slice(from).join('.');
    if (!Object.hasOwn(exampleFields, name)) continue;
    const value = exampleFields[name];
    if (fits(schema, value)) return { value };
  }
  return undefined;
}

/** Whether an example is one of the shape. An object may give a part of the fields: the others are composed. */
function fits(schema: z.ZodType, value: unknown): boolean {
  const { type, innerType } = schema.def as Def;
  if (value === LEFT_OUT) return type === 'optional';
  if (!isObject(value)) return schema.safeParse(value).success;
  return innerType ? fits(innerType, value) : type !== 'array';
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How a form is called: its title or id, or the field that tells it from the others, or the fields that it must have. */
function nameOf(schema: z.ZodType, discriminator?: string): string {
  const { id, title } = schema.meta() ?? {};
  const called = title ?? id;
  if (called !== undefined) return called;
  const fields = Object.entries((schema.def as Def).shape ?? {}).map(([name, { def }]) => ({
    name,
    ...(def as Def),
  }));
  const telling = fields.find(({ name, type }) =>
    discriminator === undefined ? type === 'literal' : name === discriminator,
  );
  if (telling)
    return `${telling.name}: ${(telling.values ?? Object.values(telling.entries ?? {})).join(', ')}`;
  return fields
    .filter(({ type }) => type !== 'optional')
    .map(({ name }) => name)
    .join(', ');
}

/** A CSV of one line: its columns are the fields of an example. */
export const csvExampleOf = (line: object): string =>
  [Object.keys(line), Object.values(line)].map((cells) => cells.map(cellOf).join(',')).join('\n');

function cellOf(value: unknown): string {
  const cell = asText(value);
  return /[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A value in a line of text. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
