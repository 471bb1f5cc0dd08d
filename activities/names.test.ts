import { createActivities, type Outside } from '.';
import { createRowActivities } from './row-activities';
import { allOf, mustBeDifferent } from './names';
import { testSettings } from '../test/support/settings';

test('a name of two activities is found', () => {
  expect(() => mustBeDifferent(['look', 'referral.silence'])).not.toThrow();
  expect(() => mustBeDifferent(['look', 'referral.silence', 'look'])).toThrow(
    'two activities are named look',
  );
});

test('a name in two files is found', () => {
  const outgoing = { sendNotices: () => undefined };
  expect(() => allOf({ look: () => undefined }, outgoing, { look: () => undefined })).toThrow(
    'two activities are named look',
  );
});

test('the worker has the activities of all files', () => {
  const records = { db: {}, settings: testSettings };
  const outside = { records, registers: {}, client: {} } as Outside;
  const all = Object.keys(createActivities(outside));
  const ofRows = Object.keys(createRowActivities(outside.records, [], outside.registers));
  for (const name of ofRows.filter((each) => each !== 'named' && each !== 'view'))
    expect(all).toContain(name);
  for (const name of ['referral.silence', 'sendNotices', 'recomputeDeadlines', 'recalculateSubsidies'])
    expect(all).toContain(name);
});
