import { type Claim, type OnRecord, rowOf } from './money-record';

/** The earlier parts that bar a person from approving a claim of a subsidy. */
const partsIn: Readonly<Record<string, readonly string[]>> = {
  subsidy: [
    'applied',
    'application_completed',
    'subsidy_proposed',
    'application_returned',
    'application_refused',
    'evidence_entered',
    'subsidy_ordered',
    'subsidy_stopped',
    'stipend_proposed',
    'start_entered',
  ],
  claim: ['declared', 'mismatch_resolved'],
};

/** Nobody decided a matter in which they had a part, by the events and the persons of the accounts [money §7]. */
export function fourEyesFaults(record: OnRecord): string[] {
  const { events, claims } = record;
  return events.flatMap((event) => {
    const { type, subject, person, params, id, actorRole } = event;
    if (actorRole === 'system') return [];
    const earlier = events.filter(
      (other) => other.id < id && other.person === person && other.actorRole !== 'system',
    );
    const did = (types: readonly string[], of: string): boolean =>
      earlier.some((other) => other.subject === of && types.includes(other.type));
    const fault = [`${person} gave ${type} on ${subject} after a part in it`];
    if (type === 'claim_approved') {
      const claim = claims.find((each) => each.id === params.claim);
      return claim && (tookPartIn(claim, did, earlier) || isFirstToOwn(record, claim, event)) ? fault : [];
    }
    if (type === 'subsidy_ordered')
      return did(
        ['applied', 'start_entered', 'application_completed', ...reviews, 'evidence_entered'],
        subject,
      )
        ? fault
        : [];
    if (type === 'objection_upheld' || type === 'objection_dismissed')
      return did(reviews, subject) ? fault : [];
    if (type === 'proposal_approved' || type === 'proposal_rejected')
      return did(['proposal'], subject) ? fault : [];
    if (['recovery_extended', 'recovery_handed_over', 'recovery_written_off'].includes(type)) {
      const corrected = record.recoveries.find((each) => `recovery/${each.id}` === subject)?.claimId;
      const claim = claims.find((each) => each.id === corrected);
      return claim && correctedBy(`${claim.subsidyId}-${claim.month}`, earlier) ? fault : [];
    }
    return [];
  });
}

const reviews = ['subsidy_proposed', 'application_returned', 'application_refused'];

type Events = OnRecord['events'];

function tookPartIn(
  claim: Claim,
  did: (types: readonly string[], of: string) => boolean,
  earlier: Events,
): boolean {
  const proposed = earlier.some(
    ({ type, params }) =>
      type === 'proposal' && params.kind === 'correction' && params.claim?.startsWith(claim.subsidyId),
  );
  return (
    did(partsIn['subsidy'] ?? [], rowOf(claim)) ||
    did(partsIn['claim'] ?? [], `claim/${claim.id}`) ||
    proposed
  );
}

/** Whether an approval led to the first payment to an account that the same person proposed or confirmed. */
function isFirstToOwn(
  { payments, accounts, events }: OnRecord,
  claim: Claim,
  approved: Events[number],
): boolean {
  const next = events.find(
    ({ id, type, params }) =>
      id > approved.id && params.claim === claim.id && (type === 'payment_sent' || type === 'approval_fell'),
  );
  const payment = payments.find(({ key }) => next?.type === 'payment_sent' && key === next.params.key);
  const account = accounts.find(({ id }) => id === payment?.accountId);
  if (!account || ![account.proposedBy, account.confirmedBy].includes(approved.person)) return false;
  const theirs = new Set(payments.filter(({ accountId }) => accountId === account.id).map(({ key }) => key));
  return !events.some(
    ({ id, type, params }) => id < approved.id && type === 'payment_settled' && theirs.has(params.key ?? ''),
  );
}

const correctedBy = (month: string, earlier: Events): boolean =>
  earlier.some(({ type, params }) => (type === 'proposal' || type === 'corrected') && params.claim === month);
