import type { Day } from '../day';
import { type BalanceFault, balanceFaults, isDifference, netOut, type Verdict } from '../money/statement';

/** A movement of a statement, and its match. Amounts are in whole so'm. */
export interface StatedLine {
  /** A payment's key, or the reference of incoming money. */
  reference: string;
  kind: 'settled' | 'returned' | 'incoming';
  direction: 'out' | 'in';
  on: Day;
  amount: bigint;
  /** The sum of the order under this key, or the rest of the recovery; absent when both are unknown. */
  ours?: bigint | undefined;
  /** Undefined before the matching. */
  verdict?: Verdict | undefined;
}

/** A payment that is sent or paid in the ledger and in no statement yet. */
export interface Unstated {
  key: string;
  amount: bigint;
  /** The day it was sent. */
  on: Day;
  workingDays: number;
  overdue: boolean;
}

/** The balances at the reading of the statement, over all lines and all earlier statements. */
export interface Sums {
  /** By the treasury: the outgoing less the incoming sums. */
  treasury: bigint;
  /** On the accounts paid, recoverable, surrendered and written off. */
  ledger: bigint;
  /** Of what the ledger has: paid under keys of payments; repaid in the same year, or later and surrendered to the budget. */
  paidByKey: bigint;
  repaid: bigint;
  repaidLater: bigint;
  /** Of what the treasury has: moved under keys; come in under references. */
  movedByKey: bigint;
  incoming: bigint;
}

export interface ReconciliationFacts {
  date: Day;
  state: string;
  opening?: bigint | undefined;
  closing?: bigint | undefined;
  /** The closing balance of the statement before, and the opening balance of the one after. */
  before?: bigint | undefined;
  after?: bigint | undefined;
  stated: readonly StatedLine[];
  unstated: readonly Unstated[];
  /** Refs of differences that wait to be explained, and the words that explained the others. */
  open: readonly string[];
  explained: ReadonlyMap<string, string>;
  sums?: Sums | undefined;
}

export const shownVerdicts = [
  'matched',
  'amount_differs',
  'account_differs',
  'contradiction',
  'stated_twice',
  'not_in_ledger',
  'unmatched_incoming',
  'not_in_statement',
  'not_in_statement_overdue',
  'not_matched_yet',
] as const;
export type ShownVerdict = (typeof shownVerdicts)[number];

export interface Line {
  reference: string;
  verdict: ShownVerdict;
  kind: StatedLine['kind'] | null;
  on: Day;
  statement: bigint | null;
  ledger: bigint | null;
  /** Working days since it was sent, of what is not in a statement. */
  workingDays: number | null;
  difference: 'open' | 'explained' | null;
  words: string | null;
}

export const lineColumns = [
  'reference',
  'verdict',
  'kind',
  'on',
  'statement',
  'ledger',
  'workingDays',
  'difference',
  'words',
] as const satisfies (keyof Line)[];

export interface Reconciliation {
  date: Day;
  state: string;
  balances: {
    before: bigint | null;
    opening: bigint | null;
    out: bigint;
    in: bigint;
    closing: bigint | null;
    faults: BalanceFault[];
  };
  matched: { count: number; out: bigint; in: bigint };
  /** All movements of the statement and all payments missing in it. */
  lines: Line[];
  /** Treasury's out − in = paid + recoverable + surrendered + written off, but for what is on its way and what differs. */
  identity: {
    treasury: bigint;
    ledger: bigint;
    /** Paid in the ledger and not moved by the treasury, less what moved and is not paid. */
    payments: bigint;
    /** Came in and is not booked as repaid. */
    incoming: bigint;
    /** Came in after its line's year was over: the budget's, and in no statement of ours any more. */
    surrendered: bigint;
    /** What none of it explains: 0. */
    unexplained: bigint;
  } | null;
}

/** The reconciliation of a day: the matches by key, the differences, the balances and the identity [money §8, §9]. */
export function reconciliation(facts: ReconciliationFacts): Reconciliation {
  const { date, state, opening, closing, stated, unstated, before, after } = facts;
  const matched = stated.filter(({ verdict }) => verdict !== undefined && !isDifference(verdict));
  return {
    date,
    state,
    balances: {
      before: before ?? null,
      opening: opening ?? null,
      ...flowsOf(stated),
      closing: closing ?? null,
      faults:
        opening === undefined || closing === undefined
          ? []
          : balanceFaults({ opening, closing }, netOut(stated), { before, after }),
    },
    matched: { count: matched.length, ...flowsOf(matched) },
    lines: [...stated.map((one) => lineOf(facts, one)), ...unstated.map((one) => unstatedLineOf(facts, one))],
    identity: identityOf(facts.sums),
  };
}

const flowsOf = (stated: readonly StatedLine[]): { out: bigint; in: bigint } => ({
  out: netOut(stated.filter(({ direction }) => direction === 'out')),
  in: -netOut(stated.filter(({ direction }) => direction === 'in')),
});

function lineOf(
  facts: ReconciliationFacts,
  { reference, kind, on, amount, ours, verdict }: StatedLine,
): Line {
  const differs = verdict !== undefined && isDifference(verdict);
  return {
    reference,
    verdict: shownOf(verdict),
    kind,
    on,
    statement: amount,
    ledger: ours ?? null,
    workingDays: null,
    ...(differs ? explanationOf(facts, reference) : { difference: null, words: null }),
  };
}

const unstatedLineOf = (
  facts: ReconciliationFacts,
  { key, amount, on, workingDays, overdue }: Unstated,
): Line => ({
  reference: key,
  verdict: overdue ? 'not_in_statement_overdue' : 'not_in_statement',
  kind: null,
  on,
  statement: null,
  ledger: amount,
  workingDays,
  ...explanationOf(facts, key),
});

function shownOf(verdict: Verdict | undefined): ShownVerdict {
  if (verdict === undefined) return 'not_matched_yet';
  if (verdict === 'unknown_key') return 'not_in_ledger';
  return verdict === 'payment' || verdict === 'recovery' ? 'matched' : verdict;
}

function explanationOf(
  { open, explained }: ReconciliationFacts,
  ref: string,
): Pick<Line, 'difference' | 'words'> {
  if (open.includes(ref)) return { difference: 'open', words: null };
  const words = explained.get(ref);
  return words === undefined ? { difference: null, words: null } : { difference: 'explained', words };
}

function identityOf(sums: Sums | undefined): Reconciliation['identity'] {
  if (!sums) return null;
  const { treasury, ledger, paidByKey, movedByKey, repaid, repaidLater, incoming } = sums;
  const payments = paidByKey - movedByKey;
  const unbooked = incoming - repaid - repaidLater;
  return {
    treasury,
    ledger,
    payments,
    incoming: unbooked,
    surrendered: repaidLater,
    unexplained: ledger - treasury - payments - unbooked - repaidLater,
  };
}
