import { type BusinessForm, businessForms } from '../../domain/business';
import type { Day } from '../../domain/day';
import type { Answer } from '../../registers/answer';
import type { Registers } from '../../registers/registers';

/** Whether a person works on a day: one question to one register. */
type WorkQuestion = (registers: Registers, pinfl: string, on: Day) => Promise<Answer<object, object>>;

/** A contract that is in force on the day. */
const employed: WorkQuestion = async ({ yammt }, pinfl, on) => {
  const reply = await yammt.employments(pinfl);
  if (reply.answer !== 'yes') return reply;
  const works = reply.employments.some(
    ({ since, until }) => since <= on && (until === undefined || until >= on),
  );
  return { answer: works ? 'yes' : 'no', raw: reply.raw };
};

/** A registration of an own business that is in force on the day. */
const registeredIn =
  (form: BusinessForm): WorkQuestion =>
  async (registers, pinfl, on) => {
    const reply = await registers[form].registration(pinfl);
    if (reply.answer === 'unknown') return reply;
    const since = 'since' in reply ? reply.since : undefined;
    const until = 'until' in reply ? reply.until : undefined;
    const works = since !== undefined && since <= on && (until === undefined || until >= on);
    return { answer: works ? 'yes' : 'no', raw: reply.raw };
  };

/** The registers that know whether a graduate works: of labour contracts, and of own businesses [measures §2, §3]. */
const questions: readonly WorkQuestion[] = [employed, ...businessForms.map(registeredIn)];

/**
 * Asks the registers one after the other until one says that the person works.
 *
 * @returns yes from the first that says so; unknown where one is silent and none says yes; otherwise no
 */
export async function worksNow(
  registers: Registers,
  pinfl: string,
  on: Day,
): Promise<Answer<object, object>> {
  let last: Answer<object, object> | undefined;
  for (const ask of questions) {
    const reply = await ask(registers, pinfl, on);
    if (reply.answer === 'yes') return reply;
    if (last?.answer !== 'unknown') last = reply;
  }
  if (!last) throw new Error('no register knows who works');
  return last;
}
