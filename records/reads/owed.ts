import type { WordAboutPerson } from '../../domain/word-about-person';
import type { ReportedEnd } from '../../domain/money/job-end';
import { daysReviews, type Reviewed } from '../../domain/money/mismatch';
import type { Deregistration } from '../../domain/pathways/business';
import { groundInWords } from '../../domain/pathways/inspection';
import { returnCodes } from '../../domain/pathways/claim';
import { monthsOf } from '../../domain/money/period';
import { workedPeriod } from '../../domain/preconditions/public-works';
import type { Params } from '../../domain/words/values';
import { type LawChange, owedOfLaw } from './policy-changes';

/* The part of a row's state that describes its waits, in the words of their acts (`taskInWords`). */

/** The employer's word, its request for time and its proposal of another day. */
export function owedOfReferral({
  decision,
  extension,
  startChange,
}: {
  decision: unknown;
  extension: unknown;
  startChange: unknown;
}): Params {
  const { code } = (decision ?? {}) as { code?: string };
  const { days, reason } = (extension ?? {}) as { days?: number; reason?: string };
  const { from, startOn } = (startChange ?? {}) as { from?: string; startOn?: string };
  return { code, days, said: reason, from, startOn };
}

/** The ground in words, the employer's late word about the person, and the inspector's open question to the employer. */
export function owedOfInspection({
  ground,
  facts,
  state,
  steps,
  lateDecision,
}: {
  ground: string;
  facts: unknown;
  state: string;
  steps: unknown;
  lateDecision: unknown;
}): Params {
  const asked = (steps as { kind: string; question?: string; answer?: unknown }[]).findLast(
    ({ kind, answer }) => kind === 'explanation' && answer === undefined,
  );
  const { code } = (lateDecision ?? {}) as { code?: string };
  return { ground: groundInWords({ ground, facts }), state, code, said: asked?.question };
}

export function owedOfEmployment(ending: unknown): Params {
  return { on: (ending as ReportedEnd | null)?.on };
}

/** The day of a reported deregistration. */
export function owedOfBusiness({ ending }: { ending: unknown }): Params {
  return { on: (ending as Deregistration | null)?.on };
}

/** The agreed first day, the organiser's word about the person, and the months whose papers are owed. */
export function owedOfPublicWorks({
  firstOn,
  lastOn,
  startedOn,
  endedOn,
  claim,
}: {
  firstOn: string | null;
  lastOn: string | null;
  startedOn: string | null;
  endedOn: string | null;
  claim: unknown;
}): { owed: Params; parts: ReadonlyMap<string, Params> } {
  const { code, heard } = (claim ?? {}) as Partial<WordAboutPerson>;
  const worked = workedPeriod({ startedOn, endedOn, lastOn });
  return {
    owed: { on: firstOn, code, ...(heard && { heard: 'yes' }) },
    parts: new Map((worked ? monthsOf(worked) : []).map((month) => [month, { month }])),
  };
}

/** The centre's word about the person, the question after a hire, and the months whose attendance is owed. */
export function owedOfTraining({
  firstOn,
  lastOn,
  startedOn,
  endedOn,
  claim,
  goingOn,
}: {
  firstOn: string | null;
  lastOn: string | null;
  startedOn: string | null;
  endedOn: string | null;
  claim: unknown;
  goingOn: unknown;
}): { owed: Params; parts: ReadonlyMap<string, Params> } {
  const { code, heard } = (claim ?? {}) as Partial<WordAboutPerson>;
  const { why } = (goingOn ?? {}) as { why?: string };
  const studied = workedPeriod({ startedOn, endedOn, lastOn });
  return {
    owed: { on: firstOn, code, why, ...(heard && { heard: 'yes' }) },
    parts: new Map((studied ? monthsOf(studied) : []).map((month) => [month, { month }])),
  };
}

/** The parts that are missing, and the employer's objection. */
export function owedOfSubsidy({
  programme,
  review,
  objection,
}: {
  programme: string;
  review: unknown;
  objection: unknown;
}): Params {
  const { missing = [] } = (review ?? {}) as { missing?: { detail: string }[] };
  const { words } = (objection ?? {}) as { words?: string };
  return {
    programme,
    ...(missing.length > 0 && { missing: missing.map(({ detail }) => detail).join(' ') }),
    said: words,
  };
}

/** The month and amount, and the reason why a claim is with the employment officer. */
export function owedOfClaim({
  month,
  amount,
  mismatch,
  returned,
}: {
  month: string;
  amount: bigint | null;
  mismatch: unknown;
  returned: unknown;
}): Params {
  const { why } = (mismatch ?? {}) as Partial<Reviewed>;
  const { words } = (returned ?? {}) as { words?: string };
  const because = why === undefined ? undefined : becauseOf(why);
  return { month, amount, because, ...(because === 'returned' && { said: words }) };
}

/** The sums, the reason and the treasury's word of a proposal, and its change of the law. */
export function owedOfApproval(
  { body, grounds, holder }: { body: unknown; grounds: string | null; holder: string | null },
  month: unknown,
  law: LawChange | undefined,
): Params {
  const { before, after, amount, reason, heldBy } = body as {
    before?: number;
    after?: number;
    amount?: number;
    reason?: string;
    heldBy?: string;
  };
  return {
    month,
    said: grounds,
    reason: grounds ?? reason,
    holder,
    heldBy,
    before,
    after: after ?? amount,
    ...(law && owedOfLaw(law)),
  };
}

function becauseOf(why: string): string {
  const is = (codes: readonly string[]) => codes.includes(why);
  if (is(returnCodes)) return 'returned';
  if (is(daysReviews)) return 'days';
  return why === 'register_silent' ? 'silent' : 'differ';
}
