import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { policyNumbers } from '../../domain/policy-numbers';
import { type QuestionBound, type RegisterName, registerNames } from '../../domain/registers';
import { defaultSettings, type Settings } from '../../domain/settings';
import { type Going, going, periodOf } from '../../domain/storage';

const count = z.int().min(0).max(1000);

/** A number of days, or null: it stays as long as the record. */
const daysOf = (table: Going) => z.int().min(periodOf(table).least).max(36_525).nullable();

const keepDays = z
  .strictObject(
    Object.fromEntries(going.map((table) => [table, daysOf(table)])) as Record<
      Going,
      ReturnType<typeof daysOf>
    >,
  )
  .partial();

const bound = z
  .strictObject({ atOnce: z.int().min(1).max(1000), aMinute: z.int().min(1).max(100_000) })
  .partial();

const questions = z
  .strictObject(
    Object.fromEntries(registerNames.map((name) => [name, bound])) as Record<RegisterName, typeof bound>,
  )
  .partial();

const changes = z
  .strictObject({
    toldAheadDays: count,
    reminderHour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    spreadSeconds: z.int().min(0).max(600),
    wakesASecond: z.int().min(0).max(10_000),
    publicAddress: z.url({ protocol: /^https?$/ }).max(60),
    questions,
    keepDays,
  })
  .partial();

/**
 * Our defaults. A deployment may replace single values by a JSON file.
 *
 * @param file path of the JSON file, or undefined
 * @throws Error that names the setting that is wrong, or that the policy holds
 */
export function readSettings(file: string | undefined): Settings {
  if (!file) return defaultSettings;
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const moved = Object.keys(read ?? {}).filter((name) => name in policyNumbers);
  if (moved.length > 0)
    throw new Error(
      `settings file ${file}: the policy holds ${moved.join(', ')}. Remove them here, and propose a version of the policy: POST /v1/policies with changes.numbers.`,
    );
  const parsed = changes.safeParse(read);
  if (!parsed.success) throw new Error(`settings file ${file}: ${z.prettifyError(parsed.error)}`);
  const { keepDays: kept = {}, questions: asked = {}, ...others } = parsed.data;
  return {
    ...defaultSettings,
    ...named(others),
    keepDays: { ...defaultSettings.keepDays, ...named(kept) },
    questions: boundsOf(asked),
  };
}

const boundsOf = (asked: z.output<typeof questions>): Settings['questions'] =>
  Object.fromEntries(
    registerNames.map((name) => [name, { ...defaultSettings.questions[name], ...named(asked[name] ?? {}) }]),
  ) as Record<RegisterName, QuestionBound>;

/** The values that a file names. */
const named = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
