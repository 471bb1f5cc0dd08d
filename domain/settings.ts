import { defaultQuestions, type QuestionBound, type RegisterName } from './registers';
import { defaultKeepDays, type KeepDays } from './storage';
import type { Language } from './words/languages';

/**
 * The operator's settings, which no decree changes. A deployment may replace single values with a JSON file (SETTINGS_FILE).
 * The policy sets deadlines, numbers, amounts and conditions (domain/policy.ts).
 */
export interface Settings {
  /** A register may tell the beginning or the end of a contract at most this many days ahead. */
  toldAheadDays: number;
  reminderHour: string;
  /** The deadlines, reminders and checks of one instant are carried out within this many seconds after it. */
  spreadSeconds: number;
  /** A worker wakes at most so many other rows a second after acts of one instant. 0: no bound. */
  wakesASecond: number;
  /** How many questions each register gets at once and a minute (domain/registers.ts). */
  questions: Readonly<Record<RegisterName, QuestionBound>>;
  /** The language of people, employers and officials who have chosen none. */
  language: Language;
  /** The service's address or telephone, with which each message ends. */
  contact: string;
  /** The address under which everybody reaches the API. The label of a mark names it. */
  publicAddress: string;
  /** How long each kind of growing data is kept (domain/storage.ts). */
  keepDays: KeepDays;
}

export const defaultSettings: Settings = {
  toldAheadDays: 366,
  reminderHour: '09:00',
  spreadSeconds: 55,
  wakesASecond: 10,
  questions: defaultQuestions,
  language: 'uz-Latn',
  contact: 'http://127.0.0.1:8080',
  publicAddress: 'http://127.0.0.1:8080',
  keepDays: defaultKeepDays,
};
