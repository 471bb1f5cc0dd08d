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

/** The registers that know whether a graduate works. Those of an own business join this list. */
const questions: readonly WorkQuestion[] = [employed];

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
