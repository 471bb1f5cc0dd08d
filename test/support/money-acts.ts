import { addDays } from '../../domain/day';
import { offeredWrongly } from './offered';
import { lineOf } from '../../domain/money/lines';
import { lastDay } from '../../domain/money/months';
import { monthsOf } from '../../domain/money/period';
import { makePinfl } from '../../domain/pinfl';
import { claimPathway } from '../../domain/pathways/claim';
import type { Programme } from '../../domain/policy';
import type { Actor } from '../../domain/roles';
import { proposeAccount } from '../../records/money/accounts';
import { applyForAdaptation } from '../../records/money/applying';
import { proposeLine } from '../../records/money/line-change';
import { nextNumber } from '../../records/kernel/numbers';
import { Refusal } from '../../records/kernel/refusal';
import { type RowKind, subjectOf } from '../../records/kernel/rows';
import { wake } from '../../records/kernel/wake';
import type { Action } from '../../registers/sandbox/script';
import { businessHandlers } from '../../activities/business';
import { caseHandlers } from '../../activities/case';
import { administrator, caseManager, knowOfficials, MAHALLA, PINFL, STIR, supervisor } from './bench';
import { anyCommand, answered, oneOf, type Row, rowsOf, tell } from './model';
import {
  ACCOUNT,
  applyFor,
  chiefFinance,
  financeOfficer,
  headOfEmployment,
  line,
  type MoneyBench,
  moneyHandlers,
  paper,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
} from './money';
import {
  enter,
  protectionOfficer,
  registeredBusiness,
  setCap,
  startCost,
  supervisorOfRegion,
} from './starts';
import { admitted, personsAccount, study } from './studies';

/*
 * The acts of people, registers and time in the model-based test of the money. The number of each act chooses among its possibilities.
 * People may make mistakes and try forbidden acts. They do not lie about the treasury's handling of an order.
 */

/** The first day of the model, and the sum on every line on that day, in so'm. */
const BEGINS = '2024-09-16T09:00:00+05:00';
const ON_LINES = 3_000_000;
const MORE_FOR_LATER = 9_000_000;

/** The hired people and their days; the first person is the bench's. */
export const hires = [
  { pinfl: PINFL, on: '2024-08-15' },
  { pinfl: makePinfl('1985-04-12', 'female', '000007'), on: '2024-09-02' },
  { pinfl: makePinfl('1991-11-30', 'male', '000011'), on: '2024-09-02' },
] as const;

const programmes = [
  'hire_pwd',
  'above_quota',
  'workplace_adaptation',
  'training_stipend',
  'self_employment_start',
] as const satisfies Programme[];

export interface MoneyWorld {
  bench: MoneyBench;
  /** The numbers of the hired people. */
  workers: string[];
  /** The sums put on each line, in so'm, and the proposals that two persons may decide. */
  granted: Map<string, number>;
  proposed: Map<string, { line: string; by: number }>;
}

/** A bench with three hired people, too little money on the lines, and a reviewer who is also a finance officer. */
export async function startMoneyWorld(): Promise<MoneyWorld> {
  const beside = [caseHandlers, businessHandlers];
  const bench = await startMoneyBench(BEGINS, { onLines: BigInt(ON_LINES), statements: true, beside });
  await knowOfficials(bench.db, [supervisorOfRegion, protectionOfficer]);
  await setCap(bench, 500);
  const granted = new Map<string, number>(
    programmes.flatMap((each) => [2024, 2025].map((year) => [lineOf(each, '1726', year), ON_LINES] as const)),
  );
  for (const programme of ['training_stipend', 'self_employment_start'] as const)
    for (const year of [2024, 2025]) await line(bench, programme, year, BigInt(ON_LINES));
  await line(bench, 'above_quota', 2025, BigInt(MORE_FOR_LATER));
  granted.set('above_quota-1726-2025', MORE_FOR_LATER);
  const twoRoles = { in: [reviewer.id, financeOfficer.id] };
  await bench.db.official.updateMany({
    where: { id: twoRoles },
    data: { person: 'somebody-with-two-roles' },
  });
  const workers = [bench.personId];
  for (const { pinfl } of hires.slice(1)) workers.push(await person(bench, pinfl));
  for (const { pinfl, on } of hires)
    await bench.sandbox.script({ yammt: { hires: { pinfl, stir: STIR, on } } });
  const { pinfl } = hires[2];
  const wages = { pinfl, stir: STIR, from: '2024-09', accrued: 2_000_000, tax: 240_000 };
  await bench.sandbox.script({ tax: { earns: wages } });
  return { bench, workers, granted, proposed: new Map() };
}

async function person({ db, clock }: MoneyBench, pinfl: string): Promise<string> {
  const id = await nextNumber(db, 'person');
  const known = { id, pinfl, name: `Worker ${id}`, birth: '1985-04-12', sex: 'female', mahalla: MAHALLA };
  await db.person.create({ data: { ...known, createdAt: await clock.now() } });
  return id;
}

export const kinds = [
  'subsidy',
  'adaptation',
  'claim',
  'approval',
  'recovery',
  'line',
  'statement',
  'stipend',
  'start-subsidy',
] as const satisfies RowKind[];

const finance = [secondFinanceOfficer, chiefFinance, financeOfficer];
const proposers = [reviewer, secondFinanceOfficer, financeOfficer];

const people = ({ bench }: MoneyWorld): Actor[] => [
  reviewer,
  headOfEmployment,
  ...finance,
  administrator,
  bench.employer,
  caseManager,
  supervisor,
  supervisorOfRegion,
  protectionOfficer,
];

const todayOf = async ({ clock }: MoneyBench): Promise<string> =>
  (await clock.now()).toISOString().slice(0, 10);

const document = { number: '7', date: '2024-09-10', issuer: 'Nur Tikuv' };
const snapshot = { listedStaff: 100, filledReserved: 7, on: '2024-08-30' };

/** An official enters the employer's word. */
const onPaper = (on: string) => ({ manner: 'paper', on });

/** Bodies to try for every command. */
const bodies = (today: string): Record<string, readonly object[]> => ({
  review: [
    { outcome: 'propose', snapshot },
    { outcome: 'return', missing: [{ field: 'wage', detail: 'The wage.' }] },
    { outcome: 'refuse', code: 'papers', grounds: 'no' },
  ],
  completion: [{ wage: 2_000_000 }, { wage: 2_000_000, received: onPaper(today) }],
  objection: [{ words: 'no' }, { words: 'no', received: onPaper(today) }],
  objectionDecision: [
    { upheld: true, grounds: 'yes' },
    { upheld: false, grounds: 'no' },
  ],
  order: [{ number: `B-${today}`, date: today }],
  stop: [
    { from: addDays(today, 20), code: 'waived', words: 'no need' },
    { from: addDays(today, 20), code: 'waived', words: 'no need', received: onPaper(today) },
    { from: today, code: 'conditions_not_met', words: 'not met' },
    { from: addDays(today, -20), code: 'false_application', words: 'not true' },
  ],
  evidence: [
    { inForce: true, document },
    { inForce: false, until: today, document },
  ],
  declaration: [
    { accrued: 2_000_000, tax: 240_000 },
    { accrued: 1_900_000, tax: 228_000 },
    { accrued: 2_000_000, tax: 240_000, received: onPaper(today) },
    { accrued: 1_900_000, tax: 228_000, received: onPaper(today) },
  ],
  resolution: [
    { resolution: 'answered', words: 'it is right' },
    { resolution: 'register_stands', document },
    { resolution: 'declaration_stands', document },
    { resolution: 'evidence', inForce: true, document },
    { resolution: 'evidence', inForce: false, until: today, document },
  ],
  return: [{ code: 'other', words: 'look again' }],
  unpayable: [{ reason: 'no account' }],
  proposal: [{}],
  decision: [
    { approve: true, words: 'yes', decision: 'extend', days: 10, reason: 'asked for' },
    {
      approve: false,
      words: 'no',
      decision: 'write_off',
      order: { number: '9', date: today },
      grounds: 'poor',
    },
    { approve: true, words: 'yes', decision: 'hand_over', number: 'C-1', court: 'Tashkent' },
  ],
  explanation: [{ ref: 'statement', words: 'seen' }],
  setOffConsent: [
    { consents: true, signedOn: today },
    { consents: false, signedOn: today },
  ],
});

/** The supervisor's review of a start subsidy. */
const startReviews = [{ outcome: 'propose' }, { outcome: 'refuse', grounds: 'no' }] as const;

async function bodyFor(
  { bench }: MoneyWorld,
  { kind, id }: Row,
  name: string,
  pick: number,
): Promise<object> {
  if (kind === 'start-subsidy' && name === 'review') return oneOf(startReviews, pick) ?? {};
  if (name === 'approval') return seen(bench, id, pick % 5 === 0 ? 1 : 0);
  if (name === 'dispute') return whatBecameOf(bench, id);
  if (name === 'correction')
    return correctionOf(await bench.db.claim.findUniqueOrThrow({ where: { id } }), pick);
  return oneOf(bodies(await todayOf(bench))[name] ?? [{}], pick) ?? {};
}

async function seen({ db }: MoneyBench, id: string, beside = 0): Promise<object> {
  const { revision, amount } = await db.claim.findUniqueOrThrow({ where: { id } });
  return { revision, amount: Number(amount) + beside };
}

/** Refusals that depend on the body: its figures, its document, or the facts that it names. */
const ofTheBody = [
  'no_difference',
  'order_number_used',
  'payment_under_way',
  'no_commitment',
  'paid_already',
];

/** The actions on one of the rows that are offered or forbidden wrongly. */
export async function offers(world: MoneyWorld, pick: number): Promise<string[]> {
  const { bench } = world;
  const row = oneOf((await rowsOf(bench, kinds)).toReversed(), Math.floor(pick / 13));
  const bodiesOf = async (name: string, _actor: Actor, at: Pick<Row, 'kind' | 'id'>) => {
    const on = await todayOf(bench);
    if (at.kind === 'start-subsidy' && name === 'review') return startReviews;
    if (name === 'approval') return [await seen(bench, at.id)];
    if (name === 'dispute') return [await whatBecameOf(bench, at.id), { outcome: 'settled', on, document }];
    if (name === 'correction') {
      const claim = await bench.db.claim.findUniqueOrThrow({ where: { id: at.id } });
      return [0, 1, 2].map((n) => correctionOf(claim, n));
    }
    if (name === 'decision')
      return [
        { approve: false, words: 'no' },
        { decision: 'hand_over', number: 'C-1', court: 'Tashkent' },
      ];
    if (name === 'explanation') {
      const open = await bench.db.task.findMany({ where: { kind: 'difference', closedAt: null } });
      return open.map(({ ref }) => ({ ref, words: 'seen' }));
    }
    const sooner = { from: addDays(on, 1), code: 'waived', words: 'no need' };
    const before = { ...sooner, from: hires[0].on, code: 'other' };
    return [...(bodies(on)[name] ?? [{}]), ...(name === 'stop' ? [sooner, before] : [])];
  };
  return row ? offeredWrongly(bench, row, people(world), bodiesOf, ofTheBody) : [];
}

/** A payment order as the treasury has it. */
export interface TreasuryOrder {
  key: string;
  amount: number;
  account: string;
  line: string;
  state: 'accepted' | 'settled' | 'returned' | 'refused';
  on?: string;
}

export const ordersOf = async ({ sandbox }: MoneyBench): Promise<TreasuryOrder[]> =>
  (await (await fetch(`${sandbox.url}/orders`)).json()) as TreasuryOrder[];

/** A finance officer's finding about a disputed payment: the treasury's handling of it. */
async function whatBecameOf(bench: MoneyBench, claim: string): Promise<object> {
  const { attempt } = await bench.db.claim.findUniqueOrThrow({ where: { id: claim } });
  const order = (await ordersOf(bench)).find(({ key }) => key === `${claim}/${attempt}`);
  const on = order?.on ?? (await todayOf(bench));
  if (order?.state === 'settled') return { outcome: 'settled', on, document };
  if (order?.state === 'returned' || order?.state === 'refused') return { outcome: 'returned', on, document };
  return { outcome: 'ask_again', words: 'ask' };
}

function correctionOf({ subsidyId, month }: { subsidyId: string; month: string }, pick: number): object {
  const said = { reason: 'contract_dates', words: 'by the contract', document };
  const since = `${month}-01` < '2024-09' ? hires[0].on : hires[1].on;
  const until = month && addDays(lastDay(month), -10);
  const nothing = { ...said, nothingWorked: true };
  if (subsidyId.startsWith('A')) return nothing;
  if (subsidyId.startsWith('SS')) return { ...nothing, causedBy: 'social_workers' };
  if (subsidyId.startsWith('ST'))
    return (
      oneOf(
        [
          { ...nothing, reason: 'false_word' },
          { ...nothing, causedBy: 'training_centre' },
        ],
        pick,
      ) ?? {}
    );
  return (
    oneOf([{ ...said, contract: { since, until } }, nothing, { ...said, contract: { since } }], pick) ?? {}
  );
}

/** Any command, by any person who may give it. Sometimes the worker dies before or right after the command is carried out. */
async function command(world: MoneyWorld, pick: number): Promise<void> {
  const { bench } = world;
  const any = anyCommand(await rowsOf(bench, kinds), people(world), pick);
  if (!any) return;
  const subject = subjectOf(any.row.kind, any.row.id);
  const body = await bodyFor(world, any.row, any.name, Math.floor(pick / 101));
  const id = await bench.record(subject, any.name, body, any.actor);
  if (pick % 9 === 0) return;
  await bench.activities.carryOut(id);
  if (pick % 9 === 1) await bench.activities.carryOut(id);
  await bench.settle();
  expect(answered).toContain((await bench.answerOf(id)).status);
}

/** All people do their open tasks in the ordinary way. Most proposals are approved. */
async function offices(world: MoneyWorld, pick: number): Promise<void> {
  const { bench } = world;
  const today = await todayOf(bench);
  for (const { kind, id, state } of await rowsOf(bench, kinds)) {
    const give = (name: string, body: object, actor: Actor) =>
      bench.give(subjectOf(kind, id), name, body, actor);
    const officer = oneOf(finance, pick) ?? chiefFinance;
    const isStart = kind === 'start-subsidy';
    if (state === 'review')
      await (isStart
        ? give('review', startReviews[0], supervisor)
        : give('review', { outcome: 'propose', snapshot }, reviewer));
    if (state === 'ordering')
      await give(
        'order',
        { number: `B-${id}`, date: today },
        isStart ? supervisorOfRegion : headOfEmployment,
      );
    if (state === 'to_review')
      await give('resolution', { resolution: 'evidence', inForce: true, document }, reviewer);
    if (state === 'awaiting_declaration')
      await give('declaration', { accrued: 2_000_000, tax: 240_000 }, bench.employer);
    if (state === 'drafted') await give('proposal', {}, oneOf(proposers, pick) ?? reviewer);
    if (state === 'deciding')
      await give('decision', { approve: pick % 5 !== 4, words: 'read', document }, officer);
    if (state === 'disputed') await give('dispute', await whatBecameOf(bench, id), officer);
    if (state === 'differing') await explain(bench, subjectOf(kind, id));
  }
}

async function explain(bench: MoneyBench, subject: string): Promise<void> {
  const found = await bench.db.task.findMany({ where: { subject, kind: 'difference', closedAt: null } });
  const chief = { ...chiefFinance, area: '' };
  for (const { ref } of found) await bench.give(subject, 'explanation', { ref, words: 'seen' }, chief);
}

/** A finance officer approves every ready claim. Sometimes nothing is sent until after the next act. */
async function approvals({ bench }: MoneyWorld, pick: number): Promise<void> {
  const ready = await bench.db.claim.findMany({ where: { state: 'ready' }, orderBy: { id: 'asc' } });
  const officer = oneOf(finance, pick) ?? chiefFinance;
  for (const { id, fund } of ready) {
    const by = fund === protectionOfficer.fund ? protectionOfficer : officer;
    const given = await bench.record(`claim/${id}`, 'approval', await seen(bench, id), by);
    await bench.activities.carryOut(given);
  }
  if (pick % 4 !== 3) await bench.settle();
}

/** A person proposes the correction of a month that was decided. */
async function correct({ bench }: MoneyWorld, pick: number): Promise<void> {
  const state = { in: [...claimPathway.commands.correction.from] };
  const claims = await bench.db.claim.findMany({ where: { state, n: 0 }, orderBy: { id: 'asc' } });
  const claim = oneOf(claims, Math.floor(pick / 9));
  const proposer = oneOf(proposers, Math.floor(pick / 3)) ?? reviewer;
  if (claim) await bench.give(`claim/${claim.id}`, 'correction', correctionOf(claim, pick), proposer);
}

/** Money comes in under the number of a recovery: half of it, the whole, or too much. */
async function repay({ bench }: MoneyWorld, pick: number): Promise<void> {
  const owed = await bench.db.recovery.findMany({ where: { left: { gt: 0 } }, orderBy: { id: 'asc' } });
  const recovery = oneOf(owed, Math.floor(pick / 3));
  if (!recovery) return;
  const whole = Number(recovery.left);
  const amount = oneOf([whole, Math.ceil(whole / 2), whole + 1000], pick) ?? whole;
  await tell(bench, { treasury: { receives: { reference: recovery.id, amount, account: ACCOUNT } } });
}

/** A refused act changes nothing in the model. */
async function orRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

/** The employer applies for one of the other people, or again for the first. */
async function applies(world: MoneyWorld, pick: number): Promise<void> {
  const { bench, workers } = world;
  const [first, second, third] = workers as [string, string, string];
  const above = { programme: 'above_quota' as const, category: 'disability', snapshot };
  const choices: (() => Promise<unknown>)[] = [
    () => applyFor(bench, second, { hiredOn: hires[1].on }),
    () => applyFor(bench, third, { hiredOn: hires[2].on, ...above }),
    () => adapts(world),
    () => applyFor(bench, first, { hiredOn: hires[0].on }),
  ];
  await orRefused(oneOf(choices, pick)?.() ?? Promise.resolve());
}

/** The cost of an adapted workplace, in so'm. */
export const ADAPTED = 2_500_000;

async function adapts({ bench, workers }: MoneyWorld): Promise<void> {
  const invoice = { issuerStir: '305555555', number: 'F-1', date: '2024-09-10' };
  const application = {
    programme: 'workplace_adaptation' as const,
    workers: [{ person: workers[1] ?? '', hiredOn: hires[1].on }],
    costs: [{ workplace: 'W-1', what: 'A ramp', tiyin: ADAPTED * 100, document: invoice }],
    documents: { expert_conclusion: paper, hiring_order: paper },
    entrepreneur: true,
  };
  const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  const apply = async (transaction: Parameters<Parameters<MoneyBench['write']>[1]>[0]) =>
    wake(transaction, subjectOf('adaptation', await applyForAdaptation(transaction, employer, application)));
  await bench.write('api/test', apply, bench.employer);
  await bench.settle();
}

/** A finance officer proposes to raise or cut a line. */
async function budget({ bench, proposed }: MoneyWorld, pick: number): Promise<void> {
  const lines = await bench.db.budgetLine.findMany({ where: { open: true }, orderBy: { id: 'asc' } });
  const chosen = oneOf(lines, Math.floor(pick / 4));
  const by = oneOf([3_000_000, 1_000_000, -500_000, -2_500_000], pick) ?? 0;
  if (!chosen || Number(chosen.amount) + by < 0) return;
  const propose = bench.write(
    'api/test',
    (transaction) => proposeLine(transaction, chosen.id, Number(chosen.amount) + by, 'An act'),
    oneOf([secondFinanceOfficer, financeOfficer], pick),
  );
  const approval = await orRefused(propose);
  if (approval !== undefined) proposed.set(approval, { line: chosen.id, by });
  await bench.settle();
}

/** A person proposes another account of the employer. The treasury may give no owner for it. */
async function account({ bench }: MoneyWorld, pick: number): Promise<void> {
  const n = await bench.db.account.count();
  const held = { account: `202080005009998${String(n).padStart(5, '0')}`, mfo: '00873' };
  const said = pick % 4 === 0 ? { not_said: held } : { holds: { ...held, stir: STIR } };
  await bench.sandbox.script({ treasury: said });
  const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  const proposer = oneOf([bench.employer, ...proposers], Math.floor(pick / 4));
  await orRefused(
    bench.write(
      'api/test',
      (transaction) => proposeAccount(transaction, employer, { ...held, holderStir: STIR }),
      proposer,
    ),
  );
  await bench.settle();
}

/** A register acts, sends news or is silent. */
async function register({ bench }: MoneyWorld, pick: number): Promise<void> {
  const today = await todayOf(bench);
  const { pinfl } = oneOf(hires, Math.floor(pick / 20)) ?? hires[0];
  const parties = { pinfl, stir: STIR };
  const actions: Action[] = [
    { yammt: { ends: { ...parties, reason: 'resigned' } } },
    { yammt: { ends: { ...parties, reason: 'resigned', on: later(addDays(today, -40), hires[1].on) } } },
    { yammt: { takes_back: parties } },
    { yammt: { contradicts: { ...parties, first: 'none', times: 1 } } },
    { yammt: { down: { for: '12d' } } },
    { yammt: { up: {} } },
    { tax: { nothing: { ...parties, month: addDays(today, -30).slice(0, 7) } } },
    { tax: { down: { for: '12d' } } },
    { treasury: { down: { for: '4d' } } },
    { treasury: { up: {} } },
  ];
  await tell(bench, oneOf(actions, pick));
}

const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * The treasury treats orders in any way, and gives an untrue answer about one. It never falsely reports that money came back. That is
 * the only way in which a month could be paid twice.
 */
async function treasury({ bench }: MoneyWorld, pick: number): Promise<void> {
  const order = oneOf(await ordersOf(bench), Math.floor(pick / 20));
  const treats = { times: 1, news_first: false };
  const coming: Action[] = [
    { treasury: { treats: { ...treats, settles: 'next_morning', loses_answer: {} } } },
    { treasury: { treats: { ...treats, settles: '3h', returns: { after: '2d', code: 'account_closed' } } } },
    { treasury: { treats: { ...treats, settles: 'next_morning', refuses: 'account_closed' } } },
    { treasury: { treats: { ...treats, settles: 'never' } } },
  ];
  await tell(bench, oneOf([...coming, ...(order ? mistakes(order, await todayOf(bench)) : [])], pick));
}

function mistakes({ key, amount, account: to, state, on }: TreasuryOrder, today: string): Action[] {
  const day = on ?? today;
  const contradicts = { key, for: '5d' };
  return [
    { treasury: { returns: { key, code: 'account_closed' } } },
    { treasury: { settles: { key } } },
    ...(state === 'accepted' ? [{ treasury: { forgets: { key } } }] : []),
    { treasury: { contradicts: { ...contradicts, first: { state: 'none' } } } },
    { treasury: { contradicts: { ...contradicts, first: { state: 'accepted' } } } },
    { treasury: { contradicts: { ...contradicts, first: { amount: amount + 1 } } } },
    { treasury: { misstates: { day, key, amount: amount + 1 } } },
    { treasury: { misstates: { day, key, account: `${to.slice(0, -1)}${to.endsWith('9') ? 8 : 9}` } } },
    { treasury: { omits: { day, key, until: addDays(today, 7) } } },
  ];
}

/**
 * A person's study goes on: a course of the first person, a second one beside it, its first day, an interruption, attendance that
 * reaches the threshold or does not, evidence, an early end, and an account.
 */
async function studies({ bench }: MoneyWorld, pick: number): Promise<void> {
  const today = await todayOf(bench);
  const courses = await bench.db.training.findMany({ orderBy: { id: 'asc' } });
  const last = courses.at(-1);
  const months = last?.startedOn ? monthsOf({ from: last.startedOn, to: later(last.startedOn, today) }) : [];
  const entered = (each: object) => months.map((month) => ({ month, ...each }));
  const begun = last?.startedOn !== null && last?.endedOn === null;
  const choices: (() => Promise<unknown>)[] = [
    async () =>
      courses.length < 2 &&
      admitted(bench, { from: addDays(today, 3), to: addDays(today, 80), n: courses.length + 1 }),
    async () =>
      last?.startedOn === null &&
      study(bench, last.id, { state: 'studying', startedOn: later(today, last.firstOn ?? today) }),
    async () =>
      begun &&
      study(bench, last.id, {
        interruptions: [{ from: addDays(today, 1), to: addDays(today, 10), code: 'illness' }],
      }),
    async () => last && study(bench, last.id, { months: entered({ attended: 25 }) }),
    async () => last && study(bench, last.id, { months: entered({ attended: 0, heard: { words: 'Ill' } }) }),
    async () => last && study(bench, last.id, { months: entered({ evidence: document }) }),
    () => personsAccount(bench, `2020800050090000${String(pick).padStart(4, '0')}`),
    async () => begun && study(bench, last.id, { state: 'completed', endedOn: today }),
  ];
  await orRefused(oneOf(choices, pick)?.() ?? Promise.resolve());
}

/**
 * A person begins to work for themselves: the registration, an application for its costs with a document that is new or used, an end, and
 * an end that the register takes back or only claims.
 */
async function starts({ bench }: MoneyWorld, pick: number): Promise<void> {
  const { db } = bench;
  const business = await db.business.findFirst({ orderBy: { id: 'desc' } });
  const used = await db.usedDocument.count();
  const farm = (action: NonNullable<Action['farm']>) => tell(bench, { farm: action });
  const choices: (() => Promise<unknown>)[] = [
    async () => !business?.open && registeredBusiness(bench),
    async () =>
      business &&
      enter(bench, business.id, [startCost(100_000_000, `D-${used + 1}`)], business.firstOn ?? ''),
    async () =>
      business && enter(bench, business.id, [startCost(100_000_000, `D-${used}`)], business.firstOn ?? ''),
    () => farm({ ends: { pinfl: PINFL } }),
    () => farm({ takes_back: { pinfl: PINFL } }),
    () => farm({ contradicts: { pinfl: PINFL, first: 'none', times: 1 } }),
    () => farm({ down: { for: '12d' } }),
    () => farm({ up: {} }),
    () => personsAccount(bench, `2020800050090001${String(pick).padStart(4, '0')}`),
  ];
  await oneOf(choices, pick)?.();
  await bench.settle();
}

/** A worker stopped during its work: all rows are read again, some twice, whether due or not. */
async function again({ bench }: MoneyWorld): Promise<void> {
  for (const { kind, id, open } of await rowsOf(bench, kinds)) {
    if (!open || !moneyHandlers.some((file) => file.kind === kind)) continue;
    const subject = subjectOf(kind, id);
    const { asks } = await bench.activities.advance(subject);
    await bench.activities.advance(subject);
    for (const task of [...asks, ...asks]) await bench.activities.ask(subject, task);
  }
}

const lengths = ['1d', '3d', '8d', '20d', '1mo'];

/** The acts, by name. */
export const acting = {
  command,
  offices,
  approvals,
  correct,
  repay,
  applies,
  budget,
  account,
  register,
  treasury,
  again,
  studies,
  starts,
  time: ({ bench }: MoneyWorld, pick: number) => bench.pass(oneOf(lengths, pick) ?? '1d'),
} as const satisfies Record<string, (world: MoneyWorld, pick: number) => Promise<void>>;
export type MoneyAct = keyof typeof acting;
