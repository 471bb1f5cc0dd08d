import type { Consent } from '../contracts/case';
import { isMinor, isOldEnough } from '../domain/age';
import type { Case, Person } from '../prisma/generated/client';
import { record } from './kernel/events';
import { type LockedPerson, mustBeKept, recordsOf } from './joining';
import { insertNumbered } from './kernel/numbers';
import { policyNumber, rulesSaySo } from './kernel/policy-numbers';
import { notNow, wrongField } from './kernel/refusal';
import { subjectOf } from './kernel/rows';
import { openTasks } from './kernel/tasks';
import type { Transaction } from './kernel/transaction';

export interface NewCase {
  consent: Consent;
  /** The own words of a minor or a ward. Their parent or guardian consents. */
  personsWish?: string;
  managerId: string | null;
  /** The mahalla of the case. */
  area: string;
}

/** The purpose of a consent that names none: the purpose of a case [pathway §3]. */
const HELP_INTO_WORK = 'help into work: assessment, referrals to employers, questions to the registers';

/**
 * Opens a case in one transaction: the row, the wait for the assessment, and the questions to TIEK (may the person work) and YAMMT
 * (does the person work now, which is no bar) [pathway §3]. The workflow `case/<id>` is begun after the commit.
 *
 * @returns the case's number
 * @throws Refusal 422 `person_too_young`, `guardians_consent`, `own_consent`, `persons_wish`; 409
 *   `joined`, `person_died`, `open_case` (in this mahalla) or `open_case_elsewhere` (ask for it with `askTransfer`)
 */
export async function openCase(
  transaction: Transaction,
  it: NewCase,
  { person, openCase: other }: LockedPerson,
): Promise<string> {
  mustBeKept(person);
  if (person.diedOn !== null) throw notNow('person_died', 'The person has died.');
  const least = await policyNumber(transaction, 'leastAge');
  if (!isOldEnough(person.birth, transaction.today, least.n))
    throw wrongField(
      'person',
      'person_too_young',
      `A case is opened from the age of ${least.n} on.${rulesSaySo(least, transaction)}`,
    );
  checkConsent(transaction, person, it);
  checkNoOtherCase(it, other);

  const { area, managerId } = it;
  const personId = person.id;
  const consent = {
    ...it.consent,
    on: it.consent.on ?? transaction.today,
    purpose: it.consent.purpose ?? HELP_INTO_WORK,
  };
  const id = await insertNumbered(transaction.tx, 'case', {
    personId,
    area,
    managerId,
    state: 'assessment',
    since: transaction.now,
    openedAt: transaction.now,
    consent,
    personsWish: it.personsWish ?? null,
    eligibility: 'asking',
    correlationId: transaction.correlationId,
  });
  const subject = subjectOf('case', id);
  const here: Transaction = { ...transaction, subject, waker: subject };
  const place = { area, assigneeId: managerId, caseId: id, personId };
  const waits = ['assessment', 'eligibility', 'present_work'] as const;
  await openTasks(
    here,
    waits.map((kind) => ({ ...place, kind })),
  );
  await record(here, 'case_opened', place, {
    by: consent.by,
    on: consent.on,
    purpose: consent.purpose,
  });
  return id;
}

/** The person's open case, in any mahalla and under any of the person's records. */
export const openCaseOf = async (tx: Transaction['tx'], personId: string): Promise<Case | null> =>
  tx.case.findFirst({ where: { personId: { in: await recordsOf(tx, personId) }, open: true } });

function checkNoOtherCase({ area }: NewCase, other: LockedPerson['openCase']): void {
  if (!other) return;
  if (other.area === area) throw notNow('open_case', `The person has an open case: ${other.id}.`);
  throw notNow(
    'open_case_elsewhere',
    'The person has an open case in another mahalla: ask its case manager to hand it over. Nothing begins from zero.',
  );
}

/** Checks the consent. An adult consents; for a minor or a ward a named parent or guardian, with the person's own wish. */
function checkConsent(transaction: Transaction, person: Person, { consent, personsWish }: NewCase): void {
  const minor = isMinor(person.birth, transaction.today);
  if (consent.on !== undefined && consent.on > transaction.today)
    throw wrongField('consent.on', 'impossible_day', 'Consent cannot be given in the future.');
  if (consent.by === 'person') {
    if (minor || person.guardian !== null)
      throw wrongField(
        'consent.by',
        'guardians_consent',
        'A parent or guardian consents for a minor or a ward.',
      );
    return;
  }
  if (consent.by === 'parent' && !minor)
    throw wrongField('consent.by', 'own_consent', 'An adult consents alone, or by a guardian.');
  if (!consent.name || !consent.ground)
    throw wrongField(
      'consent',
      'guardians_consent',
      'Enter the name of the person who consents, and the ground.',
    );
  if (!personsWish) throw wrongField('personsWish', 'persons_wish', "Enter the person's own wish, too.");
}
