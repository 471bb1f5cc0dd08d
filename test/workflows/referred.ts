import { employerActor, seed } from '../support/bench';
import type { Pathway } from '../support/pathway-server';

/** An employer's decision for a referral of this file's first days. */
export const accept = { decision: 'accept', startOn: '2023-03-10' };

/** A world with a person, an employer and a delivered referral. */
export async function referredOn(pathway: Pathway) {
  const world = await seed(pathway);
  const { caseId, referralId } = await pathway.referred(world);
  const subject = `referral/${referralId}`;
  const employer = employerActor(world.employerId);
  return { ...world, caseId, referralId, subject, employer };
}

/** The events by which a referral was decided, or by which its employer was silent. */
export const decisionsOn = async (pathway: Pathway, subject: string): Promise<string[]> =>
  (await pathway.events(subject)).filter((type) => /^referral_(accepted|rejected|silent)$/.test(type));
