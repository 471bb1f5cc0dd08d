import { wordsIn } from './catalogue';
import {
  asIs,
  code,
  codes,
  codeInWords,
  count,
  day,
  fill,
  named,
  type Params,
  place,
  type Reader,
  type Show,
  sum,
  terms,
  whereEmpty,
  written,
  yesNo,
} from './show';

/** How the value of a changed field is shown, by the field's name. */
const valueOf: Readonly<Record<string, Show>> = {
  accessibility: terms('condition'),
  area: place,
  centreId: named,
  conditions: terms('condition'),
  district: named,
  employees: count,
  endedOn: day,
  endsAt: asIs,
  entryConditions: asIs,
  filledHow: code('filled_how'),
  firstDay: day,
  heldOn: codes('weekday'),
  hoursPerWeek: count,
  kind: code('centre_kind'),
  language: code('course_language'),
  lastDay: day,
  level: code('course_level'),
  name: asIs,
  nameCyrl: asIs,
  nameLatn: asIs,
  ownership: code('ownership'),
  places: count,
  rank: code('rank'),
  sharesWork: yesNo,
  skills: terms('skill'),
  startsAt: asIs,
  state: code('record_state'),
  stateShare: (value) => `${value} %`,
  successorId: named,
  title: asIs,
  wage: sum,
  weeks: count,
  week: code('week'),
  work: terms('occupation'),
};

/** The changed fields of a record, separated by commas. A field says its value before and after where the event holds them. */
export const changedFields: Show = (value, reader, params) =>
  value
    .split(', ')
    .map((field) => fieldInWords(reader, field, params))
    .join(', ');

/** The name of a field, or of a part by its path, such as `documents.hiring_order`: each step in words, the numbers from 1. */
const labelOf = ({ language }: Reader, field: string): string =>
  field
    .split('.')
    .map((step) => (/^\d+$/.test(step) ? String(Number(step) + 1) : codeInWords(language, 'field', step)))
    .join(': ');

function fieldInWords(reader: Reader, field: string, params: Params): string {
  const { changes } = wordsIn(reader.language);
  const label = labelOf(reader, field);
  const show = valueOf[field];
  const change = (params['values'] as Params | undefined)?.[field] as Params | undefined;
  if (!change || !show) return label;
  const said = (value: unknown): string => {
    const text = written(Array.isArray(value) ? value.join(', ') : value) ?? whereEmpty[field];
    return text === undefined ? changes.nothing : show(text, reader, params);
  };
  const [before, after] = [said(change['before']), said(change['after'])];
  return fill(reader.language, changes.value, { field: label, before, after });
}
