import { programmes } from '../../domain/policy';
import { defaultSettings } from '../../domain/settings';
import { makePinfl } from '../../domain/pinfl';
import { openLine, setLine } from '../../records/money/lines';
import { change } from '../../records/kernel/change';
import { type Pathway, seedOffices, somebody, startPathway, STIR } from './pathway';

/** The offices of the money: a second person in each office of the pathway, and offices of other areas. */
export const payers = {
  ...somebody,
  second_employment: { sub: 'O-24', role: 'employment_officer', area: '1703202' },
  far_employment: { sub: 'O-34', role: 'employment_officer', area: '1706204' },
  second_finance: { sub: 'O-16', role: 'finance_officer', area: '1703' },
  chief_finance: { sub: 'O-26', role: 'finance_officer', rank: 'head', area: '1703' },
  far_finance: { sub: 'O-36', role: 'finance_officer', area: '1706' },
  republic_finance: { sub: 'O-46', role: 'finance_officer', area: '' },
} as const;

const more = [
  'second_employment',
  'far_employment',
  'second_finance',
  'chief_finance',
  'far_finance',
  'republic_finance',
] as const;

/** A time at which the programmes of the 2023 slides are in force. Later law leaves the amounts to the administrator. */
const FROM = '2024-03-04T09:00:00+05:00';

/** A pathway with the offices, two employers, a confirmed account of the first, and money on the lines of this year and the next. */
export async function startPaidPathway({
  onLines = 1_000_000_000n,
  signInKeptMs = 0,
} = {}): Promise<Pathway> {
  const pathway = await startPathway(FROM, { signInKeptMs });
  const { db, time } = pathway;
  await seedOffices(pathway, { places: 100 });
  await db.official.createMany({
    data: more
      .map((name): { sub: string; role: string; rank?: string; area: string } => payers[name])
      .map(({ sub, role, rank = 'officer', area }) => ({
        id: sub,
        name: `Official ${sub}`,
        role,
        rank,
        area,
      })),
  });
  await db.account.create({
    data: {
      id: 'AC-900001',
      employerId: 'E-900001',
      number: '20208000900123456001',
      mfo: '00014',
      holderStir: STIR,
      state: 'confirmed',
      proposedBy: 'somebody',
      proposedAt: time.now,
      confirmedBy: 'somebody-else',
      confirmedAt: time.now,
      usableFrom: time.now,
    },
  });
  const clock = { now: () => Promise.resolve(time.now) };
  const cause = {
    actor: { id: 'O-9', role: 'administrator', rank: 'officer', area: '' },
    subject: 'line/test',
    correlationId: 'test',
  } as const;
  await change({ db, clock, settings: defaultSettings }, cause, async (transaction) => {
    const year = time.now.getUTCFullYear();
    for (const programme of programmes)
      for (const each of [year, year + 1]) {
        const id = await openLine(transaction, { programme, region: '1703', year: each });
        await setLine(transaction, id, onLines, `Budget ${each}`);
      }
  });
  await db.outbox.deleteMany({});
  return pathway;
}

let workers = 0;

/** An unused personal number. */
export const unknownWorker = (): string =>
  makePinfl('1988-03-09', 'female', String(++workers).padStart(6, '0'));

export const paper = { number: '12', date: '2024-01-10', issuer: 'Nur Tikuv MChJ' };

/** A complete application for `hire_pwd`. */
export const wageApplication = (pinfl: string, hiredOn: string) => ({
  programme: 'hire_pwd',
  pinfl,
  name: 'Karimova Nodira',
  hiredOn,
  contract: `T-${pinfl}`,
  group: 2,
  documents: { hiring_order: paper, category_proof: paper },
});

/** Applies for a person hired on a day that YAMMT knows, up to the review. */
export async function applied(pathway: Pathway, hiredOn: string, changed: object = {}): Promise<string> {
  const pinfl = unknownWorker();
  const body = { ...wageApplication(pinfl, hiredOn), ...changed };
  await pathway.sandbox.script({
    yammt: { hires: { pinfl, stir: STIR, on: hiredOn, contract: body.contract } },
  });
  const { status, body: made } = await pathway.as(payers.employer).post('/subsidies', body);
  if (status !== 201) throw new Error(JSON.stringify(made));
  await pathway.settled();
  return (made as { id: string }).id;
}

/** From the review to the signed order. */
export async function orderedSubsidy(
  pathway: Pathway,
  hiredOn: string,
  { base = '/subsidies', id, changed }: { base?: string; id?: string; changed?: object } = {},
): Promise<string> {
  const subsidy = id ?? (await applied(pathway, hiredOn, changed));
  const date = pathway.time.now.toISOString().slice(0, 10);
  await must(pathway.as(payers.employment_officer).post(`${base}/${subsidy}/review`, { outcome: 'propose' }));
  await pathway.settled();
  await must(
    pathway.as(payers.employment_head).post(`${base}/${subsidy}/order`, { number: `B-${subsidy}`, date }),
  );
  await pathway.settled();
  return subsidy;
}

async function must(asked: Promise<{ status: number; body: unknown }>): Promise<void> {
  const { status, body } = await asked;
  if (status !== 200) throw new Error(JSON.stringify(body));
}

/** The revision and amount of a ready claim, as a finance officer sees them. An approval names both. */
export async function seeClaim(pathway: Pathway, id: string) {
  for (let hours = 0; hours < 3; hours++) {
    const { state, revision, amount } = (await pathway.as(payers.second_finance).get(`/claims/${id}`))
      .body as {
      state: string;
      revision: number;
      amount: number;
    };
    if (state === 'ready') return { id, revision, amount };
    await pathway.pass('12h');
  }
  throw new Error(`${id} does not become ready`);
}
