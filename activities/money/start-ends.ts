import type { BusinessEnd } from '../../domain/pathways/business';
import { paymentOf } from '../../domain/money/claim-id';
import { startSubsidyPathway } from '../../domain/pathways/start-subsidy';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { lockRow, move, subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { toPayee } from '../../records/money/payees';
import { tellOfficial } from '../steps/tell';
import { isUndecided, readClaim } from './claims';
import { stopAtOnce } from './ending';
import { pullBack } from './paying/binding';
import { workerOfPayee } from './persons';
import { aboutSubsidy, readSubsidy, type WholeClaim } from './read';
import { askWhetherRegistered } from './registered';

/* The business of a start subsidy is doubted, or has ended [measures §4]. */

/** Why nothing is paid: the register no longer knows the business, or the business ended. */
type StartEnd = 'not_registered' | BusinessEnd;

/** Nothing is paid of a start subsidy. Its documents are free, and the person and the case manager are told. */
export async function stopStart(transaction: Transaction, row: Subsidy, why: StartEnd): Promise<void> {
  await stopAtOnce(transaction, row, { stop: { code: why, from: transaction.today } });
  await record(transaction, 'start_stopped', aboutSubsidy(row), { subsidy: row.id, code: why });
  await notify(transaction, {
    type: 'person_start_stopped',
    to: toPayee(row),
    params: { subsidy: row.id, why },
  });
  await tellManager(transaction, row, { type: 'start_stopped', params: { why } });
}

/** Tells the case manager of the person who is paid. */
export async function tellManager(
  transaction: Transaction,
  row: Subsidy,
  saying: Parameters<typeof tellOfficial>[2],
): Promise<void> {
  const { assigneeId = null } = await workerOfPayee(transaction, row);
  await tellOfficial(transaction, assigneeId, saying, transaction.now.toISOString());
}

/** The open start subsidies of a business, each locked and as the acting row of its own transaction. */
async function eachOf(
  transaction: Transaction,
  businessId: string,
  act: (there: Transaction, row: Subsidy) => Promise<void>,
): Promise<void> {
  const rows = await transaction.tx.subsidy.findMany({
    where: { businessId, state: { in: [...startSubsidyPathway.open] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of rows) {
    await lockRow(transaction.tx, 'start-subsidy', id);
    await act(inRow(transaction, subjectOf('start-subsidy', id)), await readSubsidy(transaction, id));
  }
}

/** A deregistration is reported and not confirmed. Nothing is sent until the register has said again that the business is there. */
export const businessIsDoubted = (transaction: Transaction, businessId: string): Promise<void> =>
  eachOf(transaction, businessId, async (_there, row) => {
    if (row.state !== 'running') return;
    const id = paymentOf(row.id);
    const claim = inRow(transaction, subjectOf('claim', id));
    await checkAgain(claim, await readClaim(claim, id));
  });

async function checkAgain(transaction: Transaction, claim: WholeClaim): Promise<void> {
  if (claim.state === 'approved') {
    await pullBack(transaction, claim, 'facts_changed');
    return checkAgain(transaction, await readClaim(transaction, claim.id));
  }
  if (claim.state !== 'ready') return;
  await closeTasks(transaction, {}, 'doubted');
  await move(transaction, 'claim', claim, 'checking', { checkPassed: false });
  await askWhetherRegistered(transaction, claim);
}

/** The business has ended. A payment that is not sent is stopped, unless the person died after the order: the heirs have it. */
export const businessHasEnded = (
  transaction: Transaction,
  businessId: string,
  code: BusinessEnd,
): Promise<void> =>
  eachOf(transaction, businessId, async (there, row) => {
    if (row.state !== 'running') return stopStart(there, row, code);
    const claim = await readClaim(there, paymentOf(row.id));
    const isSent = claim.state !== 'approved' && !isUndecided(claim);
    if (!isSent && code !== 'died') await stopStart(there, row, code);
  });
