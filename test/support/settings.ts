import { defaultSettings, type Settings } from '../../domain/settings';

/** The settings of tests: texts are in English, whatever the product's default. */
export const testSettings: Settings = { ...defaultSettings, language: 'en', contact: '1140' };
