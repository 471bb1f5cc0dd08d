import { refreshOf } from '../records/kernel/walking';
import { orderedSubsidy, payers, seeClaim, startPaidPathway } from '../test/support/paid-pathway';
import { newPerson, type Pathway, referred, somebody } from '../test/support/pathway';
import { bySender, listed, type Statement, watchStatements } from '../test/support/statements';
import { held } from './counts';

/*
 * The statements of an opening and of decisions: those of the API's request, and those of the command's local activity. BEGIN and
 * COMMIT count. The caller is known from a request before. A number in counts.json may be lowered. BENCH_STATEMENTS=yes prints each
 * statement.
 */

const findings = {
  capabilities: 'sews',
  needs: 'quiet',
  wishes: 'a job',
  conditions: 'none',
  barriers: 'transport',
};
const plan = { measures: [{ kind: 'job' }], services: [] };

const statements = watchStatements();
let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway({ signInKeptMs: 3_600_000 });
  await openedCase(); // fills the caches of law, calendar and words
  await employer().get('/referrals');
  await pathway.as(payers.finance_officer).get('/claims');
}, 120_000);
afterAll(async () => {
  await pathway.close();
  statements.stop();
});

const manager = () => pathway.as(somebody.case_manager);
const employer = () => pathway.as(somebody.employer);

const open = async () => {
  const { id: person } = await newPerson(pathway);
  return () => manager().post('/cases', { person, consent: { by: 'person' } });
};

async function openedCase(): Promise<string> {
  const { body } = await (await open())();
  await pathway.settled();
  return (body as { id: string }).id;
}

/** The statements of the request and of the local activity. Other senders do what the act makes due. */
async function counted(
  send: () => Promise<{ status: number; body: unknown }>,
  activity?: string,
): Promise<Record<string, number>> {
  await pathway.settled();
  const sent: Statement[] = await statements.of(async () => {
    const { status, body } = await send();
    if (status >= 300) throw new Error(JSON.stringify(body));
    await pathway.settled();
  });
  if (process.env['BENCH_STATEMENTS']) process.stdout.write(`${listed(sent)}\n\n`);
  const counts = bySender(sent);
  return Object.fromEntries(
    ['request', ...(activity ? [activity] : [])].map((sender) => [sender, counts[sender] ?? 0]),
  );
}

/** The statements of the step that follows the employer's silence. Its time is over at once. */
async function countedSilence(): Promise<Record<string, number>> {
  const { referral } = await referred(pathway);
  const subject = `referral/${referral}`;
  const { now } = pathway.time;
  return counted(async () => {
    await pathway.db.task.updateMany({
      where: { subject, kind: 'decision' },
      data: { due: new Date(now.getTime() - 1000), nextAt: now },
    });
    await pathway.client.workflow.signalWithStart(...refreshOf(subject));
    return { status: 200, body: {} };
  }, 'referral.silence');
}

test('the statements of an opening, of decisions and of a silence', async () => {
  const opening = await counted(await open());
  const id = await openedCase();
  const assessment = await counted(
    () => manager().put(`/cases/${id}/assessment`, findings),
    'case.assessment',
  );
  const planned = await counted(() => manager().put(`/cases/${id}/plan`, plan), 'case.plan');
  const referral = await counted(
    () => manager().post(`/cases/${id}/referrals`, { vacancy: 'V-900001' }),
    'case.referral',
  );
  const { referral: other } = await referred(pathway);
  const acceptance = { decision: 'accept', startOn: '2024-03-11' };
  const decision = await counted(
    () => employer().post(`/referrals/${other}/decision`, acceptance),
    'referral.decision',
  );
  const { referral: rejected } = await referred(pathway);
  const rejection = await counted(
    () =>
      employer().post(`/referrals/${rejected}/decision`, {
        decision: 'reject',
        code: 'no_longer_vacant',
        grounds: 'The place is taken.',
      }),
    'referral.decision',
  );
  const subsidy = await orderedSubsidy(pathway, '2024-02-01');
  const { id: claim, ...seen } = await seeClaim(pathway, `${subsidy}-2024-02`);
  const approval = await counted(
    () => pathway.as(payers.finance_officer).post(`/claims/${claim}/approval`, seen),
    'claim.approval',
  );
  const silence = await countedSilence();
  const found = {
    opening,
    assessment,
    plan: planned,
    referral,
    'decision of a referral': decision,
    'rejection of a referral': rejection,
    'approval of a claim': approval,
    'silence of an employer': silence,
  };
  expect(found).toEqual(held('statements', found));
});
