import type { Day } from '../../../domain/day';
import type { Participation } from '../../../domain/money/participations';
import { type Claim, type Payment, Prisma, type Subsidy } from '../../../prisma/generated/client';
import { instant, objectOf } from '../columns';
import type { AggregateQuery, InJson } from './aggregate-query';

/** The rows around a claim. */
export interface AroundClaim {
  subsidy: Subsidy;
  /** The name of the worker, or of the person who is paid. */
  person: string | null;
  /** Whether that person is recorded as dead. */
  isDead: boolean;
  employer: { id: string; name: string; stir: string } | null;
  job: { id: string; title: string } | null;
  /** The job's last day that was reported in the monitoring of the employment and is not confirmed. */
  endReportedOn: Day | null;
  /** The payee's confirmed account. `isTried`: a payment to it was settled. */
  account: {
    usableFrom: Date | null;
    proposedBy: string;
    confirmedBy: string | null;
    isTried: boolean;
  } | null;
  /** The sum that is reserved for the month, in so'm. */
  reserved: bigint;
  /** The attempts in their order. `differs`: nobody has explained a difference in the treasury's statement. */
  payments: (Payment & { differs: boolean })[];
  /** Whether the month has a further payable. */
  isCorrected: boolean;
  /** The open correction of the month. */
  correction: { id: string; state: string } | null;
  /** The persons' parts in the claim and its subsidy. */
  parts: Participation[];
}

const instants = ['since', 'appliedAt', 'confirmedAt', 'refusedAt', 'decidedAt', 'orderedAt'] as const;

type ReadSubsidy = InJson<Omit<Subsidy, 'amount'>, (typeof instants)[number]> & { amount: number | null };
type ReadClaim = Omit<AroundClaim, 'subsidy' | 'account' | 'reserved' | 'payments'> & {
  subsidy: ReadSubsidy;
  account: InJson<NonNullable<AroundClaim['account']>, 'usableFrom'> | null;
  reserved: number;
  payments: (InJson<Omit<AroundClaim['payments'][number], 'amount'>, 'createdAt'> & { amount: number })[];
};

export const claimQuery: AggregateQuery<Claim, AroundClaim> = {
  fields: Prisma.ClaimScalarFieldEnum,
  around: Prisma.sql`(SELECT json_build_object(
    'subsidy', ${objectOf(Prisma.SubsidyScalarFieldEnum, 'subsidy', { instants })},
    'person', (SELECT name FROM people WHERE id = subsidy.person_id),
    'isDead', EXISTS (SELECT FROM people WHERE id = subsidy.person_id AND died_on IS NOT NULL),
    'employer', (SELECT json_build_object('id', id, 'name', name, 'stir', stir) FROM employers WHERE id = it.employer_id),
    'job', (SELECT json_build_object('id', vacancies.id, 'title', title)
      FROM employments JOIN referrals ON referrals.id = referral_id JOIN vacancies ON vacancies.id = vacancy_id
      WHERE employments.id = subsidy.employment_id),
    'endReportedOn', (SELECT ending ->> 'on' FROM employments
      WHERE id = subsidy.employment_id AND employments.state = 'ending'),
    'account', (SELECT json_build_object('usableFrom', ms(usable_from), 'proposedBy', proposed_by, 'confirmedBy', confirmed_by,
        'isTried', EXISTS (SELECT FROM payments WHERE account_id = accounts.id AND payments.state = 'settled'))
      FROM accounts WHERE accounts.payee = it.payee AND accounts.state = 'confirmed'),
    'reserved', coalesce((SELECT amount FROM commitments WHERE subsidy_id = it.subsidy_id AND month = it.month), 0),
    'payments', (SELECT coalesce(json_agg(json_build_object('key', key, 'claimId', claim_id, 'attempt', attempt, 'amount', amount,
        'accountId', account_id, 'state', payments.state, 'createdAt', ms(created_at), 'settledOn', settled_on, 'returnedOn', returned_on,
        'word', word, 'code', code,
        'differs', EXISTS (SELECT FROM tasks WHERE kind = 'difference' AND ref = key AND closed_at IS NULL)) ORDER BY attempt), '[]')
      FROM payments WHERE claim_id = it.id),
    'isCorrected', EXISTS (SELECT FROM claims WHERE subsidy_id = it.subsidy_id AND month = it.month AND n > 0),
    'correction', (SELECT json_build_object('id', id, 'state', approvals.state) FROM approvals
      WHERE kind = 'correction' AND open AND about = 'claim/' || CASE it.month WHEN '' THEN it.id ELSE it.subsidy_id || '-' || it.month END),
    'parts', (SELECT coalesce(json_agg(json_build_object('person', person, 'act', act) ORDER BY id), '[]') FROM hands
      WHERE subject IN ('claim/' || it.id, 'subsidy/' || it.subsidy_id, 'adaptation/' || it.subsidy_id, 'stipend/' || it.subsidy_id, 'start-subsidy/' || it.subsidy_id)))
    FROM subsidies AS subsidy WHERE subsidy.id = it.subsidy_id)`,
  waits: Prisma.sql`subject = 'claim/' || it.id`,
  revived(read) {
    const { subsidy, account, reserved, payments, ...rest } = read as ReadClaim;
    return {
      ...rest,
      subsidy: {
        ...subsidy,
        since: new Date(subsidy.since),
        appliedAt: new Date(subsidy.appliedAt),
        confirmedAt: instant(subsidy.confirmedAt),
        refusedAt: instant(subsidy.refusedAt),
        decidedAt: instant(subsidy.decidedAt),
        orderedAt: instant(subsidy.orderedAt),
        amount: subsidy.amount === null ? null : BigInt(subsidy.amount),
      },
      account: account && { ...account, usableFrom: instant(account.usableFrom) },
      reserved: BigInt(reserved),
      payments: payments.map((payment) => ({
        ...payment,
        amount: BigInt(payment.amount),
        createdAt: new Date(payment.createdAt),
      })),
    };
  },
};
