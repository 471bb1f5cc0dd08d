import { leastWage } from '../../domain/least-wage';
import { inForce } from '../../domain/policy';
import { sumInWords } from '../../domain/words/values';
import type { Transaction } from '../../records/kernel/transaction';
import { Coder } from '../http/coded';

/** What a caller says of a job, as far as it is checked. */
interface Said {
  work?: string | undefined;
  conditions?: string[] | undefined;
  skills?: string[] | undefined;
  wage?: number | undefined;
  hoursPerWeek?: number | undefined;
}

/** The wage and hours of a job on record, which a change may leave as they are. */
interface Before {
  wage: bigint;
  hoursPerWeek: number;
}

/**
 * The check of a job's words and wage [pathway §4]: the kind of work, conditions and skills become codes, and the wage is
 * at least the minimum wage of today.
 *
 * @returns the check of one job: the job in codes, and the errors of its fields
 */
export async function jobCheck(transaction: Transaction) {
  const vocabulary = await transaction.vocabulary();
  const { minimumWage } = await transaction.law();
  const least = inForce(minimumWage, transaction.today)?.amount;
  return <J extends Said>(said: J, before?: Before): { job: J; coder: Coder } => {
    const coder = new Coder(vocabulary);
    const { work, conditions, skills } = said;
    const job = {
      ...said,
      ...(work !== undefined && { work: coder.work('work', work) }),
      ...(conditions && { conditions: coder.list('conditions', 'condition', conditions) }),
      ...(skills && { skills: coder.list('skills', 'skill', skills) }),
    };
    if (least !== undefined) coder.errors.push(...wageErrors(least, said, before));
    return { job, coder };
  };
}

/** A wage below the least one is an error, where the caller gives the wage or the hours. */
function wageErrors(minimumWage: bigint, { wage, hoursPerWeek }: Said, before?: Before): Coder['errors'] {
  const hours = hoursPerWeek ?? before?.hoursPerWeek;
  const paid = wage ?? before?.wage;
  if ((wage === undefined && hoursPerWeek === undefined) || hours === undefined || paid === undefined)
    return [];
  const least = leastWage(minimumWage, hours);
  if (BigInt(paid) >= least) return [];
  const detail = `Give at least ${sumInWords(least)} a month: the minimum wage for ${hours} hours a week.`;
  return [{ field: wage === undefined ? 'hoursPerWeek' : 'wage', code: 'below_minimum_wage', detail }];
}
