import { type Role, roles } from '../../domain/roles';
import { officials } from '../../tools/sample/tables';
import { wrongLevel } from './offices';

test.each<[Role, string[], string[]]>([
  ['case_manager', ['1726262001'], ['1726262', '1726', '']],
  ['supervisor', ['1726262', '1726', ''], ['1726262001']],
  ['employment_officer', ['1726262', '1726', ''], ['1726262001']],
  ['training_officer', ['1726262', '1726', ''], ['1726262001']],
  ['labour_inspector', ['1726', ''], ['1726262', '1726262001']],
  ['finance_officer', ['1726', ''], ['1726262', '1726262001']],
  ['administrator', [''], ['1726', '1726262', '1726262001']],
  ['auditor', ['', '1726', '1726262', '1726262001'], []],
])('where a %s may be', (role, right, wrong) => {
  for (const area of right) expect(wrongLevel(role, area)).toBeUndefined();
  for (const area of wrong) expect(wrongLevel(role, area)).toMatch(/give its code/);
});

test('an area is needed, except for roles that serve the whole republic, or no area', () => {
  const without = roles.filter((role) => wrongLevel(role, undefined) === undefined);
  expect(without).toEqual(['employer', 'auditor', 'administrator']);
});

test('the sample’s officials are at the levels of their offices', () => {
  expect(officials().filter(({ role, area }) => wrongLevel(role as Role, area) !== undefined)).toEqual([]);
});
