import { kindsLeftTo, obligation, type ObligationKind } from '../../domain/obligations';
import { approvalKinds, type ApprovalKind } from '../../domain/pathways/approval';
import type { RowKind } from '../../domain/pathways';
import type { Role } from '../../domain/roles';
import { waits } from '../../domain/waits';
import { languages } from '../../domain/words/languages';
import type { Prisma } from '../../prisma/generated/client';
import { people as officials, testApi } from '../../test/support/api';
import {
  approvalIdOf,
  CENTRE,
  COURSE,
  DISTRICT,
  elsewhere,
  EMPLOYER,
  everyRow,
  HEIR,
  ids,
  JOB,
  MAHALLA,
  PERSON,
  readers,
  REGION,
  TWIN,
} from '../../test/support/every-row';
import type { Claims } from '../http/auth';

/* The owner of a task sees its subject: each kind of task, read by each role that has it [pathway §6; money §7]. */

type Api = Awaited<ReturnType<typeof testApi>>;

const areaOf: Partial<Record<Role, string>> = {
  case_manager: MAHALLA,
  supervisor: DISTRICT,
  employment_officer: DISTRICT,
  labour_inspector: REGION,
  finance_officer: REGION,
};

/** The names by which the reader knows the subject of a row of each kind. */
const named: Readonly<Record<string, readonly string[]>> = {
  case: [PERSON],
  referral: [PERSON, EMPLOYER, JOB],
  inspection: [PERSON, EMPLOYER, JOB],
  retention: [PERSON, EMPLOYER, JOB],
  'public-works': [PERSON, EMPLOYER, JOB],
  business: [PERSON],
  training: [PERSON, CENTRE, COURSE],
  subsidy: [PERSON, EMPLOYER, JOB],
  adaptation: [EMPLOYER],
  stipend: [PERSON],
  'start-subsidy': [PERSON],
  claim: [PERSON, EMPLOYER, JOB],
  recovery: [PERSON, EMPLOYER, JOB],
  correction: [PERSON, EMPLOYER, JOB],
  account: [EMPLOYER],
  policy: ['PQ-57'],
  line: ['hiring a person with a disability', 'Area 1703', '2026'],
  successor: [EMPLOYER, HEIR],
  join: [PERSON, TWIN],
  separation: [PERSON, TWIN],
  resolution_withdrawal: [PERSON, EMPLOYER, JOB],
  employer: ['Yangi korxona'],
  statement: ['4 March', PERSON, EMPLOYER],
  told_of_person: [PERSON],
  told_of_employer: [EMPLOYER],
  told_of_payment: [PERSON, EMPLOYER],
  persons_account: [PERSON],
  office: ['supervisor', 'Area 1703202'],
  defect: [PERSON, EMPLOYER, JOB],
};

interface Placed {
  kind: ObligationKind;
  subject: string;
  role: Role;
  rank: string | null;
  names: readonly string[];
}

let api: Api;
let placed: Placed[] = [];

beforeAll(async () => {
  api = await testApi();
  await everyRow(api);
  placed = tasksOf();
  const { now } = api.time;
  await api.db.task.createMany({
    data: placed.map(({ kind, subject, role, rank }, i): Prisma.TaskCreateManyInput => ({
      kind,
      subject,
      role: kindsLeftTo(role).includes(kind) ? 'clock' : role,
      rank,
      area: areaOf[role] ?? '',
      ref: refs[kind] ?? (kind === 'difference' ? `${ids.claim}/${i}` : String(i)),
      assigneeId: role === 'case_manager' ? officials.case_manager.sub : null,
      centreId: role === 'training_officer' ? 'TC-000001' : null,
      employerId: role === 'employer' || kind === 'told_of_employer' ? 'E-000001' : null,
      personId: kind === 'told_of_person' ? 'P-000001' : null,
      caseId: subject.startsWith('case/') ? 'C-000001' : null,
      since: new Date(now.getTime() - 864e5),
      due: new Date(now.getTime() - 36e5),
      escalated: kindsLeftTo(role).includes(kind)
        ? 0
        : obligation(kind).duties.findIndex((duty) => duty.owner === role && (duty.rank ?? null) === rank),
    })),
  });
});
afterAll(() => api.close());

const refs: Partial<Record<ObligationKind, string>> = { service: '1', referral_consent: 'V-000001' };
const proposalOf = (kind: ObligationKind): ApprovalKind => {
  if (kind === 'account_conversation') return 'persons_account';
  if (kind === 'persons_objection') return 'correction';
  const rest = kind.replace(/^decide_/, '').replace(/_(draft|objection)$/, '');
  return approvalKinds.find((one) => one === rest) ?? 'account';
};

/** A task of each kind for each role that may have it. */
function tasksOf(): Placed[] {
  const of = (kind: ObligationKind, subject: string, key: string): Placed[] =>
    obligation(kind).duties.flatMap(({ owner, rank = null }) => {
      if (owner === 'register' || owner === 'clock') return [];
      const names = named[key];
      if (!names) throw new Error(`${kind}: say by which names the reader knows ${key}`);
      return [{ kind, subject, role: owner, rank, names }];
    });
  const all = (Object.keys(waits) as RowKind[]).flatMap((row) =>
    waits[row].flatMap((kind) => {
      if (row === 'news') return of(kind, `news/${newsOf(kind)}`, kind);
      const proposal = proposalOf(kind);
      return row === 'approval'
        ? of(kind, `approval/${approvalIdOf(proposal)}`, proposal)
        : of(kind, `${row}/${ids[row]}`, row);
    }),
  );
  return [
    ...all,
    ...of('office_gap', `office/supervisor/${DISTRICT}`, 'office'),
    ...of('defect', `referral/${ids.referral}`, 'defect'),
  ];
}

const newsOf = (kind: string): string => (kind === 'told_of_payment' ? 'treasury/1' : 'yammt/1');

interface Shown {
  kind: string;
  what: string;
  about: string;
  then: string;
  subject: { id: string };
  personId: string | null;
  employerId: string | null;
  person: { name: string } | null;
  employer: { name: string } | null;
  job: { title: string } | null;
}

const worklist = async (who: Claims): Promise<Shown[]> => {
  const { status, body } = await api.as(who).get('/tasks?limit=200');
  expect(status).toBe(200);
  return body.items as Shown[];
};

const readerOf = ({ role, rank }: Placed): Claims => {
  const found = Object.values(readers).find((one) => one.role === role && (one.rank ?? null) === rank);
  if (!found) throw new Error(`nobody reads as ${rank} ${role}`);
  return found;
};

test('every kind of task names its subject to each role that has it, and not to an office elsewhere', async () => {
  const lists = new Map<string, Shown[]>();
  for (const who of new Set(placed.map(readerOf))) lists.set(who.sub, await worklist(who));
  const silent = placed.filter((task) => {
    const names = task.names.filter((name) => task.role !== 'employer' || name !== EMPLOYER);
    const found = (lists.get(readerOf(task).sub) ?? []).filter(
      ({ kind, subject }) => kind === task.kind && task.subject.endsWith(subject.id),
    );
    return found.length === 0 || !found.every(({ about }) => names.every((name) => about.includes(name)));
  });
  expect(silent.map(({ kind, subject, role, rank }) => ({ kind, subject, role, rank }))).toEqual([]);
  expect(new Set(placed.map(({ kind }) => kind)).size).toBeGreaterThan(55);

  const all = [...lists.values()].flat();
  for (const { personId, employerId, person, employer } of all)
    expect([personId !== null && person === null, employerId !== null && employer === null]).toEqual([
      false,
      false,
    ]);
  const inWords = all.flatMap(({ kind, what, about, then }) =>
    [what, about, then].map((text) => `${kind}: ${text}`),
  );
  // A task says no code, no instant and no id but the number to quote.
  const odd = inWords.filter((text) =>
    /undefined|null|[{}]|: -|[a-z]_[a-z]+[ .]|\b[PEV]-\d|T\d\d:|\d{4}-\d\d-\d\d\b/.test(
      text.slice(text.indexOf(':')),
    ),
  );
  expect(odd).toEqual([]);

  const theirs = (lists.get('S-1') ?? []).filter(({ then }) => /the employer/.test(then));
  expect(theirs).toEqual([]);
  for (const who of elsewhere) expect(await worklist(who)).toEqual([]);
});

test.each(languages)('%s: a task says what is to be done now', async (language) => {
  const officer = readers['employment_officer'] as Claims;
  await api.token(officer);
  await api.db.official.update({ where: { id: officer.sub }, data: { language } });
  const what = (await worklist(officer)).find(({ kind }) => kind === 'mismatch')?.what;
  expect(what).toContain('Show the order.');
  expect(what).not.toMatch(/differ|farq/);
  const chief = readers['chief_finance'] as Claims;
  await api.token(chief);
  await api.db.official.update({ where: { id: chief.sub }, data: { language } });
  const correction = (await worklist(chief)).find(({ kind }) => kind === 'decide_correction')?.what;
  expect(correction).toMatch(/200 000 so'm/);
  expect(correction).toMatch(/469 333 so'm/);
});
