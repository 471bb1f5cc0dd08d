import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Day } from '../../../domain/day';
import type { Length } from '../../../domain/deadline';
import { inForce, type Policy, type Rules } from '../../../domain/policy';
import { numbersIn } from '../../../domain/policy-numbers';
import shipped from '../../../prisma/data/policies.json';
import type { Db } from '../../../prisma/db';
import { nextNumber } from '../../../records/kernel/numbers';
import { Refusal } from '../../../records/kernel/refusal';
import { changedRules } from '../../../records/money/policy-schema';
import { ScenarioError } from '../scenario';

/** A year's rules, and the file that changed them. */
export interface Law {
  rules: Rules;
  /** The file's name and the changed values in words; undefined for the law as it is. */
  changed?: { file: string; lines: string[] };
}

/**
 * The law that ships, in force on a day.
 *
 * @throws Error on a day before the first version
 */
export function lawOn(day: Day): Law {
  const versions = shipped as (Omit<Policy, 'recordedAt'> & { recordedAt: string })[];
  const policy = inForce(
    versions.map((each) => ({ ...each, recordedAt: new Date(each.recordedAt) })),
    day,
  );
  if (!policy) throw new Error(`no policy ships for ${day}`);
  return { rules: policy.rules };
}

const document = z.record(z.string(), z.unknown());

/**
 * A law with the changes of a file. The file has a part of the rules, as the API takes it for a version of the policy.
 *
 * @throws ScenarioError for a file that cannot be read, and with a line for each field that is unknown or wrong
 */
export function changedLaw({ rules: before }: Law, file: string): Law {
  try {
    const changes = document.parse(JSON.parse(readFileSync(file, 'utf8')));
    const rules = changedRules(before, changes);
    return { rules, changed: { file, lines: changesInWords(before, rules) } };
  } catch (error) {
    throw new ScenarioError(`${file}:\n${reasonsOf(error)}`);
  }
}

function reasonsOf(error: unknown): string {
  if (error instanceof Refusal)
    return error.errors
      .map(({ field, detail }) => `  ${field.replace(/^changes\./, '')}: ${detail}`)
      .join('\n');
  if (error instanceof z.ZodError) return '  is no JSON object with a part of the rules';
  return `  ${error instanceof Error ? error.message : String(error)}`;
}

/** The values that differ, each as `lengths.employerDecision: 5 days, now 3 days`. */
function changesInWords(before: Rules, after: Rules): string[] {
  const [old, next] = [leavesOf(complete(before)), leavesOf(complete(after))];
  const places = [...new Set([...old.keys(), ...next.keys()])];
  return places
    .filter((place) => old.get(place) !== next.get(place))
    .map((place) => `${place}: ${old.get(place) ?? 'none'}, now ${next.get(place) ?? 'none'}`);
}

const complete = (rules: Rules): Rules => ({ ...rules, numbers: numbersIn(rules) });

function leavesOf(value: unknown, place = ''): Map<string, string> {
  if (isLength(value)) return new Map([[place, `${value.n} ${units[value.unit]}`]]);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return new Map([[place, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([name, each]) => [
      ...leavesOf(each, place === '' ? name : `${place}.${name}`),
    ]),
  );
}

const units = { days: 'days', workingDays: 'working days', months: 'months' };
const isLength = (value: unknown): value is Length =>
  typeof value === 'object' && value !== null && 'unit' in value && 'n' in value;

/** Records changed rules in a database as the version in force from a day on. */
export async function decree(
  db: Db,
  { rules, changed }: Law,
  validFrom: Day,
  recordedAt: Date,
): Promise<void> {
  if (!changed) return;
  const id = await nextNumber(db, 'policy');
  const act = `a trial of ${changed.file}`;
  await db.policyVersion.create({
    data: { id, act, validFrom, recordedAt, appliesTo: 'new', state: 'active', rules },
  });
}
