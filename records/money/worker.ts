import type { Tx } from '../../prisma/db';
import type { AdaptationApplication } from '../../contracts/adaptation';
import { birthDayOf, sexOf } from '../../domain/pinfl';
import type { Employer, Subsidy } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { nextNumber } from '../kernel/numbers';
import { Refusal, wrongField } from '../kernel/refusal';
import type { Transaction } from '../kernel/transaction';

/** A worker in an application: by our number or by the personal number, with or without the name. */
export interface NamedWorker {
  person?: string | undefined;
  pinfl?: string | undefined;
  name?: string | undefined;
}

/** The numbers of a subsidy's persons: the worker, or all persons hired for an adaptation. */
export const workersOf = ({ personId, application }: Pick<Subsidy, 'personId' | 'application'>): string[] =>
  personId === ''
    ? [...new Set((application as AdaptationApplication).workers.map(({ person }) => person))]
    : [personId];

/**
 * The person of an application. An unknown person is recorded in the employer's district, with the data that the personal number
 * holds: PINFL, STIR and contract make an employment without a case [money §3]. The employer does not learn whether we know the
 * person. The review enters a name that is missing.
 *
 * @returns the person's number
 * @throws Refusal 404 for our number of a person who was never referred to the employer and never worked there
 */
export async function workerOf(
  transaction: Transaction,
  employer: Employer,
  worker: NamedWorker,
): Promise<string> {
  const { person, pinfl, name } = worker;
  if (pinfl === undefined) return mustBeTheirs(transaction, employer, person ?? '');
  if (birthDayOf(pinfl) > transaction.today)
    throw wrongField(
      'pinfl',
      'pinfl_birth_date',
      'The birth date in this number is in the future: check the number.',
    );
  const known = await transaction.tx.person.findUnique({
    where: { pinfl },
    select: { id: true, name: true },
  });
  if (known) {
    if (known.name === '' && name !== undefined) await nameWorker(transaction, known.id, name);
    return known.id;
  }
  const id = await nextNumber(transaction.tx, 'person');
  await transaction.tx.person.create({
    data: {
      id,
      pinfl,
      name: name ?? '',
      birth: birthDayOf(pinfl),
      sex: sexOf(pinfl),
      mahalla: employer.district,
      skills: [],
      createdAt: transaction.now,
    },
  });
  await record({ ...transaction, subject: `person/${id}` }, 'person_recorded', { personId: id });
  return id;
}

/**
 * Records missing names of workers, as the review read them in the hiring order.
 *
 * @param names by the person's number
 * @throws Refusal 422 with an entry for every worker without a name
 */
export async function nameWorkers(
  transaction: Transaction,
  personIds: readonly string[],
  names: Readonly<Record<string, string>> = {},
): Promise<void> {
  const where = { id: { in: [...personIds] }, name: '' };
  const nameless = await transaction.tx.person.findMany({
    where,
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  const missing = nameless.filter(({ id }) => names[id] === undefined);
  if (missing.length > 0)
    throw new Refusal(
      422,
      'missing_names',
      'The name of a worker is missing: enter it under `names`, from the hiring order.',
      missing.map(({ id }) => ({ field: `names.${id}`, detail: 'Is required.' })),
    );
  for (const { id } of nameless) await nameWorker(transaction, id, names[id] ?? '');
}

async function nameWorker(transaction: Transaction, id: string, name: string): Promise<void> {
  await transaction.tx.person.update({ where: { id }, data: { name } });
  await record(
    { ...transaction, subject: `person/${id}` },
    'person_changed',
    { personId: id },
    { fields: 'name' },
  );
}

async function mustBeTheirs(
  transaction: Transaction,
  { id: employerId }: Employer,
  personId: string,
): Promise<string> {
  const about = { personId, employerId };
  const [referred, employed, applied] = await Promise.all([
    transaction.tx.referral.findFirst({ where: about, select: { id: true } }),
    transaction.tx.employment.findFirst({ where: about, select: { id: true } }),
    transaction.tx.subsidy.findFirst({ where: about, select: { id: true } }),
  ]);
  if (!referred && !employed && !applied)
    throw new Refusal(
      404,
      'not_found',
      'No such person was referred to this employer or works there: name the worker by the personal number.',
    );
  return personId;
}

/** The disability group as TIEK said it last; undefined while it has said nothing of the person. */
export async function groupByTiek(tx: Pick<Tx, 'person'>, personId: string): Promise<number | undefined> {
  const person = await tx.person.findUnique({ where: { id: personId }, select: { recommendation: true } });
  return (person?.recommendation as { group?: number } | null | undefined)?.group;
}
