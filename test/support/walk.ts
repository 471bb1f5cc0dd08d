import type { Call, Stack } from './stack';
import { employer, officials } from './small-world';

/** One person's progress on the pathway. */
export interface Walk {
  person: string;
  pinfl: string;
  case: string;
  referral: string;
  inspection: string;
  employment: string;
}

export const newWalk = async ({ world, register }: Stack): Promise<Walk> => {
  const { id, pinfl } = await world.person();
  await register({
    tiek: { knows: { pinfl, group: 2, validUntil: '2030-12-31', suitableKinds: ['sewing'] } },
  });
  return { person: id, pinfl, case: '', referral: '', inspection: '', employment: '' };
};

const { caseManager, inspector, chiefInspector } = officials;

/** The commands of the pathway, as people give them over HTTP. */
export const commands = {
  visit: (walk: Walk, on: string): Call => ({
    as: caseManager,
    method: 'POST',
    to: `/people/${walk.person}/visits`,
    body: { on, offered: ['job'], wish: 'job' },
  }),
  opening: (walk: Walk): Call => ({
    as: caseManager,
    method: 'POST',
    to: '/cases',
    body: { person: walk.person, consent: { by: 'person' } },
  }),
  assessment: (walk: Walk): Call => ({
    as: caseManager,
    method: 'PUT',
    to: `/cases/${walk.case}/assessment`,
    body: {
      capabilities: 'sews, reads plans',
      needs: 'a chair with a back',
      wishes: 'work near home',
      conditions: 'no lifting',
      barriers: 'the bus',
    },
  }),
  plan: (walk: Walk): Call => ({
    as: caseManager,
    method: 'PUT',
    to: `/cases/${walk.case}/plan`,
    body: { measures: [{ kind: 'job' }], services: [] },
  }),
  referral: (walk: Walk, vacancy: string): Call => ({
    as: caseManager,
    method: 'POST',
    to: `/cases/${walk.case}/referrals`,
    body: { vacancy },
  }),
  acceptance: (walk: Walk, startOn: string): Call => ({
    as: employer,
    method: 'POST',
    to: `/referrals/${walk.referral}/decision`,
    body: { decision: 'accept', startOn },
  }),
  rejection: (walk: Walk): Call => ({
    as: employer,
    method: 'POST',
    to: `/referrals/${walk.referral}/decision`,
    body: { decision: 'reject', code: 'qualification', grounds: 'no certificate' },
  }),
  contract: (walk: Walk, since: string): Call => ({
    as: employer,
    method: 'POST',
    to: `/referrals/${walk.referral}/contract`,
    body: { contract: `K-${walk.person}`, since },
  }),
  directive: (walk: Walk): Call => ({
    as: inspector,
    method: 'POST',
    to: `/inspections/${walk.inspection}/resolution`,
    body: { resolution: 'directed', number: `D-${walk.person}`, grounds: 'a reserved job' },
  }),
  measure: (walk: Walk, on: string): Call => ({
    as: chiefInspector,
    method: 'POST',
    to: `/inspections/${walk.inspection}/measure`,
    body: { kind: 'fine', number: `M-${walk.person}`, on },
  }),
  conversation: (walk: Walk, check: number): Call => ({
    as: caseManager,
    method: 'POST',
    to: `/employments/${walk.employment}/conversation`,
    body: { check, reached: true, works: true, paid: true, conditionsKept: true, wantsHelp: false },
  }),
  closure: (walk: Walk): Call => ({
    as: caseManager,
    method: 'POST',
    to: `/cases/${walk.case}/closure`,
    body: { outcome: 'retained', summary: 'six months in work', personAgrees: true },
  }),
};

/** A case opened, assessed, planned for a job and referred to one; the referral has been delivered. */
export async function referred(stack: Stack, vacancy = stack.world.vacant): Promise<Walk> {
  const walk = await newWalk(stack);
  walk.case = (await stack.done(commands.opening(walk))).id;
  await stack.quiet();
  await stack.done(commands.assessment(walk));
  await stack.done(commands.plan(walk));
  walk.referral = (await stack.done(commands.referral(walk, vacancy))).id;
  await stack.quiet();
  return walk;
}

/** The types of a case's events in alphabetical order, to find lost and doubled events. */
export const happened = async ({ db }: Stack, walk: Walk): Promise<string[]> =>
  (await db.event.findMany({ where: { caseId: walk.case, type: { not: 'register_asked' } } }))
    .map(({ subject, type }) => `${subject.split('/')[0]}: ${type}`)
    .toSorted();
