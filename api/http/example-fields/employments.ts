/** Employments, their monthly checks and their end. */
export const employments = {
  contract: 'K-17',
  hiredOn: '2026-03-16',
  endReason: null,
  check: 1,
  'checks.on': '2026-04-16',
  'checks.state': 'ahead',
  'Employment.ending': null,
  'employments.since': '2026-03-09',
  'employments.words': 'The person named another month.',
  'employments.evidence.reason': undefined,
  'evidence.until': undefined,
  'evidence.on': undefined,
  'conversation.wantsHelp': false,
  'conversation.words': undefined,
  'separation.words': 'She found work nearer to home.',
};
