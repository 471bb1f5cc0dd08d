import type { AdaptationApplication } from '../../contracts/adaptation';
import { birthDayOf, sexOf } from '../../domain/pinfl';
import type { Employer, Subsidy } from '../../prisma/generated/client';
import { record } from '../kernel/events';
import { nextNumber } from '../kernel/numbers';
import { Refusal, wrongField } from '../kernel/refusal';
import type { Transaction } from '../kernel/transaction';

/** A worker as an application names them: by our number or by their personal one, with or without the name. */
export interface NamedWorker {
  person?: string | undefined;
  pinfl?: string | undefined;
  name?: string | undefined;
}

/** The numbers of the people a subsidy is for: the worker, or everybody hired for an adaptation. */
export const workersOf = ({ personId, application }: Pick<Subsidy, 'personId' | 'application'>): string[] =>
  personId === ''
    ? [...new Set((application as AdaptationApplication).workers.map(({ person }) => person))]
    : [personId];

/**
 * The person whom an application is about. One we do not know is recorded with what the personal number tells, in the
 * employer's district: PINFL, STIR and contract make an employment without a case [money §3]. The employer learns nothing
 * of whom we know: a name that nobody told is the review's to enter.
 *
 * @returns the person's number
 * @throws Refusal 404 for one of our numbers whose bearer has never had to do with the employer
 */
export async function workerOf(
  transaction: Transaction,
  employer: Employer,
  worker: NamedWorker,
): Promise<string> {
  const { person, pinfl, name } = worker;
  if (pinfl === undefined) return mustBeTheirs(transaction, employer, person ?? '');
  if (birthDayOf(pinfl) > transaction.today)
    throw wrongField('pinfl', 'pinfl_birth_date', 'Holds a day of birth to come.');
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
 * The names of workers that nobody told, as the review read them in the hiring order.
 *
 * @param names by the person's number
 * @throws Refusal 422 with an entry for every worker who is still without a name
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
      'Nobody told the name of a worker: enter it under `names`, from the hiring order.',
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
