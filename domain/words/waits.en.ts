const consequences: Record<string, string> = {
  stays: 'it stays with them, reminded weekly and listed as overdue',
  certificate: 'the case manager may enter the certificate as evidence',
  presentWorkUnknown: 'the case goes on without knowing of present work',
  recommendationEnds: 'the case manager is told that the work recommendation ends',
  evidenceOfFoundAlone: 'the case manager is asked for evidence',
  undelivered: 'the case manager delivers it by phone or in person',
  contactWrong: 'the employment officer corrects the contact or ends the referral',
  silence: 'silence counts as a rejection without reasons and goes to the labour inspectorate',
  unheard: 'the rejection goes to the labour inspectorate as unheard',
  askForContract: 'the labour register is asked; without a contract the labour inspectorate has it',
  evidenceOfContract: 'the case manager is asked for evidence',
  checkFallsDue: 'the labour register is asked whether the contract is in force',
  evidenceOfCheck: 'the case manager is asked for evidence',
  unconfirmed: 'the check stays unconfirmed, neither passed nor failed',
  notReached: 'nothing follows from not reaching the person',
  evidenceOfEmployment: 'the employment officer is asked for a document',
  abandon: 'the application is abandoned; the employer may apply again',
  lookForFunds: 'it is looked at again in a month, and the employer is told',
  openClaim: 'the claim for the month opens',
  lookAtLastClaims: 'the subsidy ends when its last claim is closed',
  evidenceOfEndOfJob: 'the employment officer is asked for a document',
  evidenceOfDays: 'the employment officer is asked for a document',
  evidenceOfWages: 'the employment officer is asked for a document',
  declarationLapsed: 'the month has lapsed: it is not paid any more',
  send: 'the payment is made, after the conditions are read again',
  paymentSilent: 'the finance officer asks the treasury; it is not paid a second time',
  objectionPassed: 'the second person decides',
  holderUnknown: 'the second person decides with a document in place of the treasury’s word',
  yearEnds: 'what is unpaid moves to the new line, the rest lapses',
  statementSilent: 'the finance officer asks the treasury for it',
  matchEntries: 'each movement is matched with the ledger',
  endUnknown: 'the case manager is told; the labour register is asked on',
  correctionUnknown: 'the case manager is told; the labour register is asked on',
  evidenceOfEnd: 'the case manager is asked for evidence',
};

/** What follows when a deadline passes, in words. */
export const thenInWords = (next: { owner: string; rank?: string } | { consequence: string }): string =>
  'owner' in next
    ? `it goes to the ${next.rank === 'head' ? 'head of office, ' : ''}${next.owner.replaceAll('_', ' ')}`
    : (consequences[next.consequence] ?? next.consequence);
