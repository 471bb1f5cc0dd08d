import { partiesOf, payeeEmployer, payeePerson } from './payee';

test('a payee is an employer or a person', () => {
  expect(partiesOf(payeeEmployer('E-000001'))).toEqual({ employerId: 'E-000001', personId: null });
  expect(partiesOf(payeePerson('P-000001'))).toEqual({ employerId: null, personId: 'P-000001' });
});
