import { defaultSettings, type Settings } from '../../domain/settings';

/** What tests run with: texts in English, whatever the product's default. */
export const testSettings: Settings = { ...defaultSettings, language: 'en', contact: '1140' };
