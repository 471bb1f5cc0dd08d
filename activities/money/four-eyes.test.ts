import { dayOf } from '../../domain/day';
import type { Act } from '../../domain/money/participations';
import type { Actor } from '../../domain/roles';
import { DISTRICT, STIR } from '../../test/support/bench';
import {
  apply,
  approve,
  financeOfficer,
  headOfEmployment,
  type MoneyBench,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';

/*
 * A person who took part does not approve, under any account [money §7]. Here one person is head of an employment office by
 * one account and finance officer by another. The real command takes every part.
 */

const both: Actor = {
  id: 'employment_officer-2',
  role: 'employment_officer',
  rank: 'head',
  area: DISTRICT,
};
const X = 'person-x';
const document = { number: '7', date: '2024-04-10', issuer: 'Nur Tikuv MChJ' };

let bench: MoneyBench;
beforeAll(async () => {
  bench = await startMoneyBench('2024-05-06T09:00:00+05:00');
  const { id, role, rank, area } = both;
  await bench.db.official.create({ data: { id, name: id, role, rank, area, person: X } });
  await bench.db.official.update({ where: { id: financeOfficer.id }, data: { person: X } });
});
afterAll(() => bench.close());

/** The person of each step up to the order. A step that is not named is done by its usual person, or not at all. */
interface Steps {
  submits?: Actor;
  withAccount?: true;
  proves?: Actor;
  completes?: Actor;
  reviews?: Actor;
  signs?: Actor;
  /** The register shows no contract when it is asked about the months. */
  isUnknown?: true;
  /** The register no longer answers when it is asked about the months. */
  isSilent?: true;
  /** After the order, with the claims of March and April calculated. */
  then?: (subsidy: string) => Promise<void>;
}

const given = async (subject: string, name: string, body: object, actor: Actor): Promise<void> => {
  const { status, body: answer } = await bench.give(subject, name, body, actor);
  if (status >= 300) throw new Error(JSON.stringify(answer));
};

/** A subsidy for a person of its own, hired on 15.03.2024 and ordered in May. @returns its number. */
async function subsidyOf({
  submits = bench.employer,
  withAccount,
  proves,
  completes,
  reviews = reviewer,
  signs = headOfEmployment,
  isUnknown,
  isSilent,
  then,
}: Steps): Promise<string> {
  const account = { account: '20208000500999888777', mfo: '00873', holderStir: STIR };
  if (proves) await bench.sandbox.script({ yammt: { down: {} } });
  const worker = await withAnotherWorker(bench);
  const id = await apply({ ...worker, employer: submits }, '2024-03-15', withAccount && { account });
  const subject = `subsidy/${id}`;
  if (proves) await given(subject, 'evidence', { inForce: true, document }, proves);
  await bench.sandbox.script({ yammt: { up: {} } });
  if (completes) {
    const missing = [{ field: 'group', detail: 'Which group?' }];
    await given(subject, 'review', { outcome: 'return', missing }, reviewer);
    const received = { manner: 'paper', on: dayOf(await bench.clock.now()) };
    await given(subject, 'completion', { group: 2, received }, completes);
  }
  await given(subject, 'review', { outcome: 'propose' }, reviews);
  if (isUnknown) {
    const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: worker.personId } });
    await bench.sandbox.script({ yammt: { contradicts: { pinfl, stir: STIR, first: 'none', times: 2 } } });
  }
  if (isSilent) await bench.sandbox.script({ yammt: { down: {} } });
  await given(subject, 'order', { number: `B-${id}`, date: '2024-05-06' }, signs);
  await then?.(id);
  return id;
}

test.each<[string, Act[], Steps]>([
  ['submitted the application', ['submitted'], { submits: both }],
  ['named an account in it', ['submitted', 'proposed_account'], { submits: both, withAccount: true }],
  ['completed it', ['completed'], { completes: both }],
  ['brought evidence of the job', ['evidence'], { proves: both }],
  ['reviewed it', ['reviewed'], { reviews: both }],
  ['signed the order', ['ordered'], { signs: both }],
  [
    'resolved its mismatch',
    ['resolved_mismatch'],
    {
      isUnknown: true,
      then: (id) =>
        given(`claim/${id}-2024-04`, 'resolution', { resolution: 'declaration_stands', document }, both),
    },
  ],
  [
    'answered a question about it',
    ['resolved_mismatch'],
    {
      async then(id) {
        const claim = `claim/${id}-2024-04`;
        await given(claim, 'return', { code: 'other', words: 'Which order?' }, secondFinanceOfficer);
        await given(claim, 'resolution', { resolution: 'answered', words: 'B-1' }, both);
      },
    },
  ],
  [
    'proposed the correction of another month',
    ['proposed_correction', 'proposed_correction'],
    {
      async then(id) {
        await approve(bench, `${id}-2024-03`, secondFinanceOfficer);
        const contract = { since: '2024-03-20' };
        const body = { reason: 'contract_dates', words: 'Hired on the 20th.', contract, document };
        await given(`claim/${id}-2024-03`, 'correction', body, both);
      },
    },
  ],
  [
    'proposed to stop the subsidy',
    ['proposed_stop'],
    {
      then: (id) =>
        given(
          `subsidy/${id}`,
          'stop',
          { from: '2024-06-01', code: 'conditions_not_met', words: 'From June.' },
          both,
        ),
    },
  ],
  [
    'brought evidence of the month',
    ['evidence'],
    {
      isSilent: true,
      async then(id) {
        await bench.pass('11d');
        const body = { resolution: 'evidence', inForce: true, document };
        await given(`claim/${id}-2024-04`, 'resolution', body, both);
      },
    },
  ],
])('a person who %s does not approve a month; another does', async (_part, acts, steps) => {
  const id = await subsidyOf(steps);
  const participations = await bench.db.participation.findMany({
    where: { person: X, subject: { contains: id } },
    orderBy: { id: 'asc' },
  });
  expect(participations.map(({ act }) => act)).toEqual(acts);
  const claim = `${id}-2024-04`;
  expect(await approve(bench, claim)).toMatchObject({ status: 403, body: { code: 'took_part' } });
  expect(await approve(bench, claim, secondFinanceOfficer)).toMatchObject({ status: 200 });
});

test('a person who declared a month for the employer does not approve it; another does', async () => {
  await bench.sandbox.script({ yammt: { up: {} } });
  const worker = await withAnotherWorker(bench);
  const quota = { programme: 'above_quota', category: 'disability' } as const;
  const id = await apply(worker, '2024-03-15', quota);
  const snapshot = { listedStaff: 100, filledReserved: 7, on: '2024-03-14' };
  await given(`subsidy/${id}`, 'review', { outcome: 'propose', snapshot }, reviewer);
  const date = dayOf(await bench.clock.now());
  await given(`subsidy/${id}`, 'order', { number: `B-${id}`, date }, headOfEmployment);
  const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: worker.personId } });
  const wages = { accrued: 2_000_000, tax: 240_000 };
  await bench.sandbox.script({ tax: { earns: { pinfl, stir: STIR, from: '2024-03', ...wages } } });
  const received = { manner: 'phone', on: date };
  await given(`claim/${id}-2024-03`, 'declaration', { ...wages, received }, both);
  await bench.settle();
  expect(await approve(bench, `${id}-2024-03`)).toMatchObject({ status: 403, body: { code: 'took_part' } });
  expect(await approve(bench, `${id}-2024-03`, secondFinanceOfficer)).toMatchObject({ status: 200 });
});
