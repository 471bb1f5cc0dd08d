import type { Json } from '../../prisma/db';
import { type DeadlineRule, dueOf } from '../../domain/deadline';
import { otherFund } from '../../domain/money/funds';
import type { Rank, Role } from '../../domain/roles';
import { isSoato, levelOf } from '../../domain/soato';
import { record } from './events';
import { notify } from './notices';
import { appointing, officeFor } from './offices';
import { bringBack, bringBackToCentres } from './returning';
import { rowOf } from './rows';
import { closeTasks } from './tasks/closing';
import { lengthNow, policyNow } from './tasks/ladder';
import type { Transaction } from './transaction';
import { wake } from './wake';

/** Work arises in a mahalla that has no case manager: the administrator sees the gap [pathway §1]. */
export async function reportMahalla(transaction: Transaction, area: string): Promise<void> {
  if (levelOf(area) !== 'mahalla') return;
  const { gaps } = await officeFor(transaction.tx, 'case_manager', null, area);
  if (gaps.includes(area)) await reportGap(transaction, { role: 'case_manager', rank: null, area });
}

/** An office, or the place of its head. */
export interface Post {
  role: Role;
  rank: Rank | null;
  /** The area, or the number of a centre whose office it is. */
  area: string;
  /** Of a finance office. */
  fund?: string;
}

/**
 * Opens the administrator's task for an office that has nobody, or no head for a head's work. Each post has one task. It is on
 * the worklist, and overdue after its length. No workflow walks an office, so nothing reminds of the gap: the administrators get
 * one message, when it is found.
 *
 * @param transaction of the row whose work found nobody: its workflow sends the message
 */
export async function reportGap(transaction: Transaction, post: Post): Promise<void> {
  const subject = gapOf(post);
  const length = await lengthNow(transaction, 'officeGap');
  const rule: DeadlineRule = { from: transaction.today, length };
  const data = {
    subject,
    kind: 'office_gap',
    role: 'administrator',
    area: '',
    since: transaction.now,
    due: dueOf(rule, await transaction.calendar()),
    rule: rule as Json,
    nextAt: null,
    policyId: (await policyNow(transaction)).id,
  };
  // The gap is known already, or another transaction found it a moment ago.
  if ((await transaction.tx.task.createMany({ data: [data], skipDuplicates: true })).count === 0) return;
  const { role, rank, area } = post;
  const fund = otherFund(role, post.fund);
  await record(transaction, 'office_gap', {}, { role: placeIn(post), rank, area, ...(fund && { fund }) });
  await tellAdministrators(transaction, subject, post);
}

async function tellAdministrators(
  transaction: Transaction,
  office: string,
  { role, rank, area, fund }: Post,
): Promise<void> {
  if (!rowOf(transaction.subject)) return;
  const administrators = await transaction.tx.official.findMany({
    where: { role: 'administrator', leftOn: null },
    select: { id: true },
  });
  for (const { id } of administrators)
    await notify(transaction, {
      type: 'office_empty',
      to: { kind: 'official', id },
      params: { role, rank, area, fund: otherFund(role, fund) },
      occasion: `${office}-${transaction.today}`,
    });
  wake(transaction, transaction.subject);
}

const placeIn = ({ role, rank }: Post): string => (rank === 'head' ? `${role}-head` : role);
const gapOf = (post: Post): string => {
  const fund = otherFund(post.role, post.fund);
  const office = `office/${placeIn(post)}/${post.area || 'republic'}`;
  return fund === null ? office : `${office}/${fund}`;
};

/**
 * Somebody is appointed: the administrator's task ends, and the work that higher offices had meanwhile comes back. A head also
 * does an officer's work; an officer does not do a head's.
 */
export const fillGap = (transaction: Transaction, post: Post): Promise<void> => fillGaps(transaction, [post]);

/** Many are appointed at once, as an import does. */
export async function fillGaps(transaction: Transaction, posts: readonly Post[]): Promise<void> {
  const filled = posts.flatMap((post) =>
    (post.rank === 'head' ? ([null, post.rank] as const) : [null]).map((rank) => gapOf({ ...post, rank })),
  );
  const roles = [...new Set(posts.map(({ role }) => role))].toSorted();
  for (const role of roles) await appointing(transaction.tx, role);
  await closeTasks(transaction, { subject: filled }, 'filled');
  for (const role of roles) {
    const places = posts.filter((post) => post.role === role).map(({ area }) => area);
    await bringBack(
      transaction,
      role,
      places.filter((place) => isSoato(place)),
    );
    await bringBackToCentres(
      transaction,
      places.filter((place) => !isSoato(place)),
    );
  }
}
