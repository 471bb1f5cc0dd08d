import { birthDayOf, sexOf } from '../../domain/pinfl';
import type { Employer } from '../../prisma/generated/client';
import { record } from '../events';
import { nextNumber } from '../numbers';
import { Refusal, wrongField } from '../refusal';
import type { Unit } from '../unit';

/** A worker as an application names them: by our number or by their personal one, with the name for the case we do not know them. */
export interface NamedWorker {
  person?: string | undefined;
  pinfl?: string | undefined;
  name?: string | undefined;
}

/** Whether an application has to say the worker's name: nobody of this personal number is known. */
export const isNameless = async (unit: Unit, { pinfl, name }: NamedWorker): Promise<boolean> =>
  pinfl !== undefined && name === undefined && !(await unit.tx.person.findUnique({ where: { pinfl } }));

/**
 * The person whom an application is about. One we do not know is recorded with what the personal number tells, in the
 * employer's district: PINFL, STIR and contract make an employment without a case [money §3].
 *
 * @returns the person's number
 * @throws Refusal 404 for one of our numbers whose bearer has never had to do with the employer; 422 without a name
 */
export async function workerOf(unit: Unit, employer: Employer, worker: NamedWorker): Promise<string> {
  const { person, pinfl, name } = worker;
  if (pinfl === undefined) return mustBeTheirs(unit, employer, person ?? '');
  const known = await unit.tx.person.findUnique({ where: { pinfl }, select: { id: true } });
  if (known) return known.id;
  if (name === undefined)
    throw wrongField('name', 'missing', 'We do not know this person yet: the name is needed.');
  if (birthDayOf(pinfl) > unit.today)
    throw wrongField('pinfl', 'pinfl_birth_date', 'Holds a day of birth to come.');
  const id = await nextNumber(unit.tx, 'person');
  await unit.tx.person.create({
    data: {
      id,
      pinfl,
      name,
      birth: birthDayOf(pinfl),
      sex: sexOf(pinfl),
      mahalla: employer.district,
      skills: [],
      createdAt: unit.now,
    },
  });
  await record({ ...unit, subject: `person/${id}` }, 'person_recorded', { personId: id });
  return id;
}

async function mustBeTheirs(unit: Unit, { id: employerId }: Employer, personId: string): Promise<string> {
  const about = { personId, employerId };
  const [referred, employed, applied] = await Promise.all([
    unit.tx.referral.findFirst({ where: about, select: { id: true } }),
    unit.tx.employment.findFirst({ where: about, select: { id: true } }),
    unit.tx.subsidy.findFirst({ where: about, select: { id: true } }),
  ]);
  if (!referred && !employed && !applied)
    throw new Refusal(
      404,
      'not_found',
      'No such person was referred to this employer or works there: name the worker by the personal number.',
    );
  return personId;
}
