import { randomBytes } from 'node:crypto';
import type { MarkRevocation, NewMark } from '../../contracts/business';
import { addDays, addMonths } from '../../domain/day';
import { CODE_BYTES, codeOf } from '../../domain/marks';
import { dayInWords } from '../../domain/words/values';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { policyNumber, versionOf } from '../../records/kernel/policy-numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutBusiness, type OwnBusiness, readBusiness, revokeMarks } from '../steps/business';
import { askAboutMark, keepWatching } from '../steps/marks';

/** A mark for hand-made goods, with the person's written consent. One for the same goods that ends soon stays valid beside it. */
export async function mark(transaction: Transaction, id: string, body: NewMark): Promise<void> {
  const row = await readBusiness(transaction, id);
  const { goods, consent } = body;
  const { today } = transaction;
  if (consent.on > today)
    throw wrongField('consent.on', 'impossible_day', 'The consent was signed today or before.');
  await mustBeANewConsent(transaction, row, body);
  const soon = await policyNumber(transaction, 'markRenewDays');
  const valid = await transaction.tx.mark.findFirst({
    where: { personId: row.personId, goods, revokedOn: null, until: { gt: addDays(today, soon.n) } },
  });
  if (valid)
    throw notNow(
      'mark_is_valid',
      `There is a mark for these goods until ${dayInWords({ language: 'en', today }, valid.until)}: print its label again.`,
    );
  const months = await policyNumber(transaction, 'markMonths');
  const until = addMonths(today, months.n);
  await transaction.tx.mark.create({
    data: {
      code: codeOf(randomBytes(CODE_BYTES)),
      businessId: id,
      personId: row.personId,
      goods,
      consent,
      givenOn: today,
      until,
    },
  });
  await askAboutMark(transaction, row);
  await keepWatching(transaction, row);
  await record(transaction, 'mark_given', aboutBusiness(row), { goods, until, ...versionOf(months) });
  await notify(transaction, {
    type: 'person_mark_given',
    to: { kind: 'person', id: row.personId },
    params: { goods, until },
    occasion: `${goods}-${until}`,
  });
}

/** A consent that was taken back serves no more: another one is signed for a new mark [measures §3]. */
async function mustBeANewConsent(
  { tx, today }: Transaction,
  { personId }: OwnBusiness,
  { goods, consent }: NewMark,
): Promise<void> {
  const takenBack = await tx.mark.findFirst({
    where: { personId, goods, revokedWhy: 'consent', revokedOn: { gt: consent.on } },
    orderBy: { revokedOn: 'desc' },
    select: { revokedOn: true },
  });
  if (!takenBack?.revokedOn) return;
  const on = dayInWords({ language: 'en', today }, takenBack.revokedOn);
  throw wrongField(
    'consent.on',
    'consent_taken_back',
    `This consent was taken back on ${on}. A new mark needs a consent signed on that day or later.`,
  );
}

/** The consent is taken back: the marks are revoked the same day. */
export async function markRevocation(
  transaction: Transaction,
  id: string,
  { goods }: MarkRevocation,
): Promise<void> {
  const row = await readBusiness(transaction, id);
  await revokeMarks(transaction, row, 'consent', goods);
  await keepWatching(transaction, row);
}
