import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defaultSettings } from '../../domain/settings';
import { readSettings } from './settings';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'settings-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function read(values: object) {
  const file = path.join(folder, 'settings.json');
  fs.writeFileSync(file, JSON.stringify(values));
  return readSettings(file);
}

test('a file replaces single values, and none replaces nothing', () => {
  expect(read({ reminderHour: '08:30' })).toEqual({ ...defaultSettings, reminderHour: '08:30' });
  expect(readSettings(undefined)).toEqual(defaultSettings);
});

test('a bound of one register replaces a single number', () => {
  const { questions } = read({ questions: { yammt: { aMinute: 30 } } });
  expect(questions).toEqual({ ...defaultSettings.questions, yammt: { atOnce: 10, aMinute: 30 } });
  expect(() => read({ questions: { yammt: { aMinute: 0 } } })).toThrow('aMinute');
  expect(() => read({ questions: { unknown: {} } })).toThrow('unknown');
  expect(() => read({ spreadSeconds: 601 })).toThrow('spreadSeconds');
});

test('an unknown or wrong value is refused with its name', () => {
  expect(() => read({ reminderHour: 9 })).toThrow('reminderHour');
  expect(() => read({ lunch: 1 })).toThrow('lunch');
});

test('a number that the policy holds is refused, with the way to change it', () => {
  expect(() => read({ leastAge: 15, reminderHour: '08:30' })).toThrow(
    /the policy holds leastAge\. Remove .* POST \/v1\/policies with changes\.numbers/,
  );
});

test('a storage period replaces a single one, and is not below its least number of days', () => {
  expect(read({ keepDays: { commands: 180, notices: null } })).toEqual({
    ...defaultSettings,
    keepDays: { ...defaultSettings.keepDays, commands: 180, notices: null },
  });
  expect(() => read({ keepDays: { tasks: 30 } })).toThrow('tasks');
  expect(() => read({ keepDays: { events: 30 } })).toThrow('events');
});
