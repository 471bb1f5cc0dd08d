import { numberIn, numberNames, numbersIn, policyNumbers } from './policy-numbers';

/* The defaults, word for word as the pathway says them. */
test('a version that names no number has the defaults', () => {
  const defaults = {
    leastAge: 16,
    reopenWithinMonths: 12,
    recommendationWarningDays: 60,
    presentWorkDays: 30,
    openReferralsPerCase: 3,
    openTrainingsPerCase: 3,
    employerExtensionMax: 5,
    startWithinDays: 30,
    contractBeforeIssueDays: 5,
    inspectionExtensionMax: 15,
    retentionMonths: 6,
    publicWorksMonths: 3,
    publicWorksDays: 184,
    publicWorksWithinDays: 730,
    attendancePercent: 60,
    attendanceLeastHeld: 5,
    personsInstalments: 12,
    personsSetOffPercent: 10,
    excusedAbsenceDays: 15,
    interruptionMonths: 3,
    businessBeforeDays: 5,
    businessMonths: 6,
    markMonths: 12,
    markRenewDays: 30,
    markRegionLeast: 5,
    newPhoneDays: 30,
    startSubsidyMonths: 3,
  };
  expect(numbersIn({})).toEqual(defaults);
  expect(numbersIn({ numbers: { leastAge: 15 } })).toEqual({ ...defaults, leastAge: 15 });
});

test('a number that a version names holds, also zero', () => {
  expect(numberIn({ numbers: { contractBeforeIssueDays: 0 } }, 'contractBeforeIssueDays')).toBe(0);
});

test.each(numberNames)('the default of %s lies within its bounds', (name) => {
  const { least, most, default: ours } = policyNumbers[name];
  expect(ours).toBeGreaterThanOrEqual(least);
  expect(ours).toBeLessThanOrEqual(most);
});
