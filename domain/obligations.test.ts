import { type ObligationKind, obligation, obligations } from './obligations';
import { defaultSettings } from './settings';
import { thenInWords } from './words/waits.en';

const kinds = Object.keys(obligations) as ObligationKind[];

test.each(kinds)('%s: every duty has an owner, and a length unless it is the last or a clock', (kind) => {
  const { duties } = obligation(kind);
  duties.forEach((duty, i) => {
    expect(duty.owner).toBeTruthy();
    if (i < duties.length - 1) expect(duty.length && defaultSettings.lengths[duty.length]).toBeTruthy();
  });
});

test.each(kinds)('%s: a wait that only stays ends with a person, never with a machine', (kind) => {
  const { duties, then } = obligation(kind);
  if (then === 'stays') expect(['register', 'clock']).not.toContain(duties.at(-1)?.owner);
});

test.each(kinds)('%s: what follows has words', (kind) => {
  const { then } = obligation(kind);
  expect(thenInWords({ consequence: then })).not.toBe(then);
});

test.each(kinds)('%s: reminders come before the end, the earliest first', (kind) => {
  for (const { remindDaysBefore = [] } of obligation(kind).duties)
    expect([...remindDaysBefore].toSorted((a, b) => b - a)).toEqual([...remindDaysBefore]);
});
