import { seed } from '../support/bench';
import { activitiesIn, timersIn } from '../support/histories';
import { eachOnItsPathway } from './each';

const here = eachOnItsPathway();

const METADATA = '__temporal_workflow_metadata';

/** The details that Temporal's UI shows of a running execution. */
const detailsOf = async (subject: string): Promise<string> =>
  (await here().client.workflow.getHandle(subject).query<{ currentDetails: string }>(METADATA))
    .currentDetails;

test('a silent employer’s history has the names of the pathway’s steps, waits and stages', async () => {
  const { caseId, referralId } = await here().referred(await seed(here()));
  const subject = `referral/${referralId}`;
  await here().until('2023-03-06', '23:59');
  expect(await detailsOf(subject)).toBe(
    'delivered\ndecision: then silence\nextension_answer: then stays\ncontract_answer: then evidenceOfContract',
  );
  await here().until('2023-03-07', '00:01');

  const history = await here().historyOf(subject);
  const done = activitiesIn(history);
  expect(done.map(({ name }) => name)).toEqual([
    'look',
    'remind',
    'remind',
    'referral.silence',
    'wakeOthers',
  ]);
  expect(done.at(-1)?.answer).toEqual(['inspection/I-000001', `case/${caseId}`]);
  expect(timersIn(history)).toEqual(['delivery', 'decision', 'decision', 'decision']);
});
