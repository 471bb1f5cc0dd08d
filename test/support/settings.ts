import type { QuestionBound } from '../../domain/registers';
import { defaultSettings, type Settings } from '../../domain/settings';

const free: QuestionBound = { atOnce: 20, aMinute: 60_000 };

/** No question waits for another. */
export const freeQuestions: Settings['questions'] = {
  yammt: free,
  tiek: free,
  tax: free,
  treasury: free,
  notifications: free,
  self_employed: free,
  entrepreneur: free,
  farm: free,
};

/**
 * The settings of tests: texts are in English, whatever the product's default. Every row acts at its instant.
 */
export const testSettings: Settings = {
  ...defaultSettings,
  language: 'en',
  contact: '1140',
  spreadSeconds: 0,
  wakesASecond: 0,
  questions: freeQuestions,
};
