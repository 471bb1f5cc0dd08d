type Params = Record<string, unknown>;

/** What a message says. No group, no diagnosis, no PINFL; the rest stands in the service. */
export const notices = {
  referral_issued: (p: Params) =>
    `Referral ${p['referral']}: a person is referred to your job "${p['title']}". Please accept or reject with reasons by ${p['due']}.`,
  referral_withdrawn: (p: Params) => `Referral ${p['referral']} is withdrawn. Nothing more is asked of you.`,
  referral_ended: (p: Params) => `Referral ${p['referral']} has ended: ${p['outcome']}.`,
  accepted: (p: Params) => `Good news: the employer accepts you for "${p['title']}" from ${p['startOn']}.`,
  inspection_opened: (p: Params) => `The labour inspectorate examines referral ${p['referral']} (${p['inspection']}).`,
  resolution: (p: Params) => `Inspection ${p['inspection']} is resolved: ${p['resolution']}.`,
  directive: (p: Params) =>
    `Inspection ${p['inspection']}: you are directed to hire by ${p['due']} (directive ${p['number']}).`,
  breach: (p: Params) => `Inspection ${p['inspection']}: no contract stands in the labour register; the breach is recorded.`,
  end_reported: (p: Params) => `The labour register says that employment ${p['employment']} ended on ${p['on']}; it is being confirmed.`,
  reminder: (p: Params) => `Reminder: ${p['subject']} waits for you (${p['kind']}) until ${p['due']}.`,
  overdue: (p: Params) => `Overdue: ${p['subject']} waits for you (${p['kind']}) since ${p['due']}.`,
  escalated: (p: Params) => `${p['subject']} (${p['kind']}) was not done in time and is yours now.`,
  told: (p: Params) => `${p['subject']}: ${p['what']}.`,
} as const;

export type NoticeType = keyof typeof notices;

/** A message in words. */
export const noticeText = (type: string, params: Params): string =>
  type in notices ? notices[type as NoticeType](params) : type;
