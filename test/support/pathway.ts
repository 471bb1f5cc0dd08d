import { createActivities, rowHandlers } from '../../activities';
import { previewer } from '../../activities/preview';
import { createWorker } from '../../activities/worker';
import { type Claims } from '../../api/http/auth';
import { workflowsOf } from '../../api/http/workflows';
import { makePinfl } from '../../domain/pinfl';
import { testSettings } from './settings';
import { later } from '../../registers/sandbox/duration';
import { isWalked, refreshOf } from '../../records/kernel/walking';
import { people, territories, testApi } from './api';
import { eventually } from './eventually';
import { startSandbox } from './sandbox';
import { temporalNamespace } from './temporal';
import { workflowCode } from './workflow-code';

export const STIR = '301234567';
const FROM = '2026-03-02T09:00:00+05:00';
const WORKER_CONNECTIONS = 8;
const API_CONNECTIONS = 5;

/** A person of each role in the same district, heads and officers, and two employers. */
export const somebody = {
  ...people,
  labour_inspector: { sub: 'O-5', role: 'labour_inspector', area: '1703' },
  chief_inspector: { sub: 'O-15', role: 'labour_inspector', rank: 'head', area: '1703' },
  employment_head: { sub: 'O-14', role: 'employment_officer', rank: 'head', area: '1703202' },
  far_supervisor: { sub: 'O-33', role: 'supervisor', area: '1706204' },
  far_inspector: { sub: 'O-35', role: 'labour_inspector', area: '1706' },
  far_manager: { sub: 'O-21', role: 'case_manager', area: '1706204001' },
  employer: { sub: 'S-1', role: 'employer', employer: STIR },
  other_employer: { sub: 'S-2', role: 'employer', employer: '302345678' },
} as const satisfies Record<string, Claims>;

/**
 * The API over HTTP, a worker on a Temporal server and the sandbox registers, once per test file. The test sets the clock. `pass` moves
 * the clock from one deadline or reminder to the next and wakes the due rows.
 */
export async function startPathway(from = FROM, { signInKeptMs = 0 } = {}) {
  const [workflowBundle, temporal, sandbox] = await Promise.all([
    workflowCode(),
    temporalNamespace(),
    startSandbox({ from }),
  ]);
  const { client } = temporal;
  const workflows = workflowsOf(client);
  const api = await testApi(
    { workflows, ...previewer(rowHandlers) },
    { connections: WORKER_CONNECTIONS + API_CONNECTIONS, signInKeptMs },
  );
  api.time.now = new Date(from);
  const { db } = api;
  const clock = { now: () => Promise.resolve(api.time.now) };
  const worker = await createWorker({
    connection: temporal.nativeConnection,
    namespace: temporal.namespace,
    activities: createActivities({
      records: { db, clock, settings: testSettings },
      registers: sandbox.registers,
      client,
    }),
    connections: WORKER_CONNECTIONS,
    questions: testSettings.questions,
    workflowBundle,
  });
  const running = worker.run();

  /** The due waits, the messages to send, and the workflows to wake. */
  async function left(): Promise<{ due: string[]; waiting: string[] }> {
    const [found] = await db.$queryRaw<[{ due: string[]; waiting: string[] }]>`
      SELECT ARRAY(SELECT DISTINCT subject FROM tasks WHERE closed_at IS NULL AND next_at <= ${api.time.now}) AS due,
             ARRAY(SELECT 'notice of ' || subject FROM notices WHERE state = 'queued'
                   UNION ALL SELECT subject || ' wakes ' || target FROM outbox
                   UNION ALL SELECT 'news ' || id FROM news WHERE open AND state = 'received') AS waiting`;
    return { ...found, due: found.due.filter(isWalked) };
  }

  /** Waits until no such work is left. */
  async function settled(): Promise<void> {
    await eventually(
      async () => {
        const { due, waiting } = await left();
        if (due.length + waiting.length === 0) return true;
        throw new Error(`the rows do not come to rest: ${[...due, ...waiting].join(', ')}`);
      },
      { everyMs: 25 },
    );
  }

  function set(to: Date): void {
    api.time.now = to;
    sandbox.clock.set(to);
  }

  const refreshDue = async (): Promise<void> => {
    for (const subject of (await left()).due) await client.workflow.signalWithStart(...refreshOf(subject));
  };

  return {
    ...api,
    workflows,
    sandbox,
    client,
    settled,

    /** @param duration such as `6d` or `1mo` */
    async pass(duration: string): Promise<void> {
      const end = later(api.time.now, duration);
      await settled();
      for (;;) {
        const next = await db.task.aggregate({
          where: { closedAt: null, nextAt: { not: null } },
          _min: { nextAt: true },
        });
        const rung = next._min.nextAt;
        if (!rung || rung > end) break;
        set(rung);
        await refreshDue();
        await settled();
      }
      set(end);
    },

    async close(): Promise<void> {
      worker.shutdown();
      await running;
      await api.close();
      await sandbox.close();
      await temporal.close();
    },
  };
}

export type Pathway = Awaited<ReturnType<typeof startPathway>>;

/** The officials of the offices, the area, two employers, and jobs of each kind with `places` at the first. */
export async function seedOffices({ db }: Pick<Pathway, 'db'>, { places = 5 } = {}) {
  await db.territory.createMany({ data: territories });
  const officials: { sub: string; role: string; rank?: string; area?: string }[] = Object.values(somebody);
  await db.official.createMany({
    data: officials
      .filter(({ role }) => role !== 'employer')
      .map(({ sub, role, rank = 'officer', area = '' }) => ({
        id: sub,
        name: `Official ${sub}`,
        role,
        rank,
        area,
      })),
  });
  await db.employer.createMany({
    data: [
      {
        id: 'E-900001',
        stir: STIR,
        name: 'Nur Tikuv MChJ',
        district: '1703202',
        phone: '+998711234567',
        email: 'hr@nurtikuv.uz',
      },
      { id: 'E-900002', stir: '302345678', name: 'Andijon Non', district: '1703202', phone: '+998711234568' },
    ],
  });
  const job = {
    title: 'Tailor',
    work: 'sewing',
    places,
    conditions: [],
    skills: ['sewing'],
    hoursPerWeek: 40,
    wage: 2_000_000n,
    district: '1703202',
  };
  await db.vacancy.createMany({
    data: [
      { ...job, id: 'V-900001', employerId: 'E-900001', kind: 'vacant' },
      { ...job, id: 'V-900002', employerId: 'E-900001', kind: 'reserved' },
      { ...job, id: 'V-900003', employerId: 'E-900002', kind: 'vacant' },
      { ...job, id: 'V-900004', employerId: 'E-900002', kind: 'vacant', work: 'loading', title: 'Loader' },
    ],
  });
}

let known = 0;

/** A person of the case manager's mahalla, known to TIEK. */
export async function newPerson(
  { db, sandbox, time }: Pathway,
  more: { pinfl?: string; mahalla?: string } = {},
) {
  const n = ++known;
  const id = `P-9${String(n).padStart(5, '0')}`;
  const pinfl = more.pinfl ?? makePinfl('1990-05-17', 'female', String(n).padStart(6, '0'));
  const recommendation = {
    group: 2 as const,
    suitableKinds: ['sewing'],
    unsuitableKinds: ['loading'],
    conditions: [],
    words: 'light work',
  };
  await db.person.create({
    data: {
      id,
      pinfl,
      name: `Person ${n}`,
      birth: '1990-05-17',
      sex: 'female',
      mahalla: more.mahalla ?? '1703202001',
      phone: `+99890${String(n).padStart(7, '0')}`,
      skills: ['sewing'],
      createdAt: time.now,
    },
  });
  await sandbox.script({ tiek: { knows: { pinfl, ...recommendation, validUntil: '2030-01-01' } } });
  return { id, pinfl };
}

/** A case up to its plan, ready for a referral. */
export async function plannedCase(pathway: Pathway, who = somebody.case_manager) {
  const person = await newPerson(pathway);
  const as = pathway.as(who);
  const opened = await as.post('/cases', { person: person.id, consent: { by: 'person' } });
  if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
  const id = (opened.body as { id: string }).id;
  await pathway.settled();
  const words = {
    capabilities: 'sews',
    needs: 'quiet',
    wishes: 'a job',
    conditions: 'none',
    barriers: 'transport',
  };
  const assessed = await as.put(`/cases/${id}/assessment`, words);
  if (assessed.status !== 200) throw new Error(JSON.stringify(assessed.body));
  const planned = await as.put(`/cases/${id}/plan`, { measures: [{ kind: 'job' }], services: [] });
  if (planned.status !== 200) throw new Error(JSON.stringify(planned.body));
  await pathway.settled();
  return { id, person };
}

/** A referral of a new case to a job of the first employer. */
export async function referred(pathway: Pathway, vacancy = 'V-900001') {
  const { id, person } = await plannedCase(pathway);
  const made = await pathway.as(somebody.case_manager).post(`/cases/${id}/referrals`, { vacancy });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  await pathway.settled();
  return { caseId: id, person, referral: (made.body as { id: string }).id };
}
