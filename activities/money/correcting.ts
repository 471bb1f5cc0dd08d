import type { Correction } from '../../contracts/claim';
import type { Document } from '../../contracts/fields';
import { monthsClaim } from '../../domain/money/claim-id';
import { addWorkingDays } from '../../domain/calendar';
import { correctionOf } from '../../domain/money/overpayment';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { tookPart } from '../../records/kernel/participations';
import { openDecision, overtake } from '../../records/money/proposing';
import { notify } from '../../records/kernel/notices';
import { nextNumber } from '../../records/kernel/numbers';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { lockRow, move, subjectOf, subjectOfSubsidy } from '../../records/kernel/rows';
import { closeTasks, lengthNow, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { aboutClaim, placeOfClaim, readClaim } from './claims';
import { type Basis, basisAsKnown, payablesOf, worthBy } from './basis';
import { paidMonth } from '../../records/money/paid-month';
import { toPayee } from '../../records/money/payees';
import { FALSE_WORD } from '../../domain/pathways/claim';
import { isPersons, workerOfPayee } from './persons';
import type { WholeClaim } from './read';

/** A correction as recorded with its approval. The approver sees and approves the same figures. */
export type Proposed = Basis & {
  claim: string;
  before: number;
  after: number;
  reason: string;
  words?: string;
  document?: Document;
  causedBy?: Correction['causedBy'];
};

/**
 * News changed the amount of a decided month, and a correction is drafted. The system is no person: one person proposes the
 * correction and another approves it [money §6, §7]. The next news drops an outdated draft.
 */
export async function draftCorrection(transaction: Transaction, claim: WholeClaim): Promise<void> {
  if (claim.state === 'lapsed' || claim.month === '') return;
  const { amount: before } = await transaction.tx.entitlement.findUniqueOrThrow({
    where: { id: claim.entitlementId },
  });
  const { amount: after } = await worthBy(transaction, claim, await basisAsKnown(transaction, claim));
  const about = subjectOf('claim', claim.id);
  const open = await transaction.tx.approval.findFirst({ where: { kind: 'correction', about, open: true } });
  if (open && after === before && open.state === 'drafted')
    return overtake(transaction, open, aboutClaim(claim));
  if (open || after === before) return;
  const body = { claim: claim.id, before: Number(before), after: Number(after), reason: 'facts_changed' };
  const there = await begin(transaction, claim, 'drafted', body);
  await openTask(there, { ...placeOfClaim(claim), kind: 'correction_draft' });
  await record(there, 'proposal', aboutClaim(claim), {
    kind: 'correction',
    approval: there.subject.slice('approval/'.length),
    claim: claim.id,
  });
}

async function begin(
  transaction: Transaction,
  claim: WholeClaim,
  state: string,
  body: Proposed,
): Promise<Transaction> {
  const id = await nextNumber(transaction.tx, 'approval');
  await transaction.tx.approval.create({
    data: {
      id,
      kind: 'correction',
      about: subjectOf('claim', claim.id),
      area: claim.area,
      fund: claim.fund,
      employerId: claim.subsidy.employerId,
      state,
      since: transaction.now,
      body: body,
      correlationId: transaction.correlationId,
    },
  });
  return inRow(transaction, subjectOf('approval', id));
}

/**
 * A person proposes the correction of a month: a new entry with a reason. A draft becomes the proposal.
 *
 * @param body empty for the draft, which is calculated anew
 * @returns the proposal's number
 * @throws Refusal 409 `no_difference`; 422 where reason, words or document are missing
 */
export async function proposeCorrection(
  transaction: Transaction,
  id: string,
  body: Correction,
): Promise<string> {
  const claim = await monthOf(transaction, id);
  const about = subjectOf('claim', claim.id);
  const open = await transaction.tx.approval.findFirst({ where: { kind: 'correction', about, open: true } });
  if (open) await lockRow(transaction.tx, 'approval', open.id);
  const isDraft = isEmpty(body);
  const said =
    open && isDraft ? { reason: 'facts_changed', ...causeOf(body) } : complete(body, isPersons(claim));
  const basis = isDraft ? await basisAsKnown(transaction, claim) : body;
  const proposed = await compared(transaction, claim, basis, said);
  if (!proposed) {
    if (!open) throw notNow('no_difference', 'The month is worth what it is by this already.');
    await overtake(transaction, open, aboutClaim(claim));
    return open.id;
  }
  const downwards = proposed.after < proposed.before;
  if (downwards && isPersons(claim)) mustSayCause(proposed);
  // A person owes what rests on their own word, and may object to that. All else they do not owe.
  const isObjectable = downwards && (!isPersons(claim) || proposed.reason === FALSE_WORD);
  const state = isObjectable ? 'preparing' : 'deciding';
  const there = open
    ? inRow(transaction, subjectOf('approval', open.id))
    : await begin(transaction, claim, state, proposed);
  const approvalId = there.subject.slice('approval/'.length);
  const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id: approvalId } });
  await closeTasks(there, {}, 'proposed');
  await move(there, 'approval', row, state, {
    body: proposed as Json,
    grounds: proposed.words ?? null,
    proposedBy: transaction.actor.id,
    proposedAt: transaction.now,
  });
  await tookPart(there, 'proposed');
  await tookPart(transaction, 'proposed_correction', about);
  await tookPart(transaction, 'proposed_correction', subjectOfSubsidy(claim.subsidyId));
  await record(
    there,
    'proposal',
    aboutClaim(claim),
    { kind: 'correction', approval: approvalId, claim: claim.id },
    proposed.words,
  );
  if (isObjectable) await announce(there, claim, proposed);
  else await openDecision(there, row);
  return approvalId;
}

/** The draft is proposed as it was calculated: nothing is given, but the office that caused an overpayment. */
const isEmpty = (body: Correction): boolean => Object.keys(body).every((field) => field === 'causedBy');

const causeOf = ({ causedBy }: { causedBy?: Correction['causedBy'] | undefined }) =>
  causedBy === undefined ? {} : { causedBy };

/** @throws Refusal 422 where nobody is named for an overpayment that the person does not owe */
function mustSayCause({ reason, causedBy }: Proposed): void {
  if (reason !== FALSE_WORD && causedBy === undefined)
    throw wrongField(
      'causedBy',
      'missing',
      'The person does not owe this. Say against which office it is counted, or that it rests on the person’s own false word.',
    );
}

/** The claim behind a payable, with its related rows. */
export async function monthOf(transaction: Transaction, id: string): Promise<WholeClaim> {
  const named = await transaction.tx.claim.findUniqueOrThrow({ where: { id } });
  return readClaim(transaction, monthsClaim(named));
}

/** A correction that a person makes, with a document. */
type Corrected = Correction & Required<Pick<Correction, 'reason' | 'words' | 'document'>>;

/** @throws Refusal 422 with an entry for each missing field */
function complete(body: Correction, isOfPerson: boolean): Corrected {
  const missing = (['reason', 'words', 'document'] as const).filter((field) => body[field] === undefined);
  if (missing.length > 0)
    throw new Refusal(
      422,
      'incomplete',
      'A correction has a reason, in words, and a document.',
      missing.map((field) => ({ field, detail: 'Is required.' })),
    );
  if (body.contract?.until !== undefined && body.contract.until < body.contract.since)
    throw wrongField('contract.until', 'impossible_day', 'A contract does not end before it begins.');
  if (!isOfPerson && (body.reason === FALSE_WORD || body.causedBy !== undefined))
    throw wrongField(
      body.causedBy === undefined ? 'reason' : 'causedBy',
      'of_persons',
      'This is for a month of a person. Leave it out.',
    );
  return body as Corrected;
}

/** A correction with the month's amount before and after. It is undefined where the amount stays the same. */
async function compared(
  transaction: Transaction,
  claim: WholeClaim,
  { contract, nothingWorked }: Basis,
  {
    reason,
    words,
    document,
    causedBy,
  }: Pick<Correction, 'words' | 'document' | 'causedBy'> & { reason: string },
): Promise<Proposed | undefined> {
  const { amount: before } = await transaction.tx.entitlement.findUniqueOrThrow({
    where: { id: claim.entitlementId },
  });
  const { amount: after } = await worthBy(transaction, claim, {
    ...(contract && { contract }),
    ...(nothingWorked && { nothingWorked }),
  });
  const payables = await payablesOf(transaction, claim);
  const sums = await paidMonth(
    transaction,
    payables.map(({ id }) => id),
  );
  const change = correctionOf({ entitlement: after, ...sums });
  const comesAnyway = change.kind === 'nothing' || payables.some((each) => each.open);
  if (after === before && comesAnyway) return undefined;
  return {
    claim: claim.id,
    before: Number(before),
    after: Number(after),
    reason,
    ...(words !== undefined && { words }),
    ...(contract && { contract }),
    ...(nothingWorked && { nothingWorked }),
    ...(document && { document }),
    ...causeOf({ causedBy }),
  };
}

/** Before a correction downwards the employer may object [money §6], and the person through their case manager [measures §4]. */
async function announce(
  transaction: Transaction,
  claim: WholeClaim,
  { before, after, reason, words }: Proposed,
) {
  const { employerId } = claim.subsidy;
  await openTask(
    transaction,
    isPersons(claim)
      ? { ...(await workerOfPayee(transaction, claim)), kind: 'persons_objection' }
      : { ...placeOfClaim(claim), employerId, kind: 'correction_objection' },
  );
  const { n } = await lengthNow(transaction, isPersons(claim) ? 'personsObjection' : 'correctionObjection');
  await notify(transaction, {
    type: 'correction_announced',
    to: toPayee(claim.subsidy),
    params: {
      claim: claim.id,
      month: claim.month,
      amount: before - after,
      reason: words ?? reason,
      due: addWorkingDays(await transaction.calendar(), transaction.today, n),
    },
    occasion: transaction.now.toISOString(),
  });
}
