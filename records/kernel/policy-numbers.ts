import { type Day, dayOf } from '../../domain/day';
import { inForce, type Policy } from '../../domain/policy';
import { inUnits, type NumberName, numberIn } from '../../domain/policy-numbers';
import { rulesInWords } from '../../domain/words/words';
import type { Law } from './law';
import type { Transaction } from './transaction';

/** A number of the policy with its version. No version was in force on a day before the first. */
export interface PolicyNumber {
  n: number;
  /** With its unit: `15 working days`. */
  words: string;
  version: Policy | undefined;
}

/** A number under the version in force on a day. */
export function numberOn({ policies }: Pick<Law, 'policies'>, name: NumberName, day: Day): PolicyNumber {
  const version = inForce(policies, day);
  const n = numberIn(version?.rules ?? {}, name);
  return { n, words: inUnits(name, n), version };
}

/** A number from a day on, until the next. */
export interface FromDay {
  from: Day;
  n: number;
}

/** A number on all days: by the first days of the versions, and before the first. */
export const numberByDays = ({ policies }: Pick<Law, 'policies'>, name: NumberName): FromDay[] =>
  [...new Set(['0001-01-01', ...policies.map(({ validFrom }) => validFrom)])]
    .toSorted()
    .map((from) => ({ from, n: numberOn({ policies }, name, from).n }));

type Reader = Pick<Transaction, 'law' | 'givenAt'>;

/**
 * A number of the policy that bounds an act.
 *
 * @param day of the act; the day of the command if it is left out
 */
export const policyNumber = async (
  { law, givenAt }: Reader,
  name: NumberName,
  day: Day = dayOf(givenAt),
): Promise<PolicyNumber> => numberOn(await law(), name, day);

/** The version of a number as an event's parameter. */
export const versionOf = ({ version }: PolicyNumber): { version?: string } =>
  version ? { version: version.id } : {};

/** A refusal's sentence about the version: `Version PV-2019 of the policy says so, in force from 1 September 2019.` */
export const rulesSaySo = ({ version }: PolicyNumber, { today }: Pick<Transaction, 'today'>): string =>
  version
    ? ` ${rulesInWords({ language: 'en', today }, { version: version.id, from: version.validFrom })}`
    : '';
