import type { Db } from '../../prisma/db';
import type { Difference } from './difference';
import { acting } from './people';
import type { ExpectedMessage } from './scenario';
import type { Sent } from './world';

/** A message that reached the gateway, once for all its channels. */
interface Message {
  to: string;
  text: string;
  language: string | null;
  channels: string[];
}

/** The messages of a step, by their recipients. */
export async function readMessages(db: Db, sent: readonly Sent[]): Promise<Message[]> {
  if (sent.length === 0) return [];
  const notices = await db.notice.findMany({
    where: { key: { in: sent.map(({ key }) => key) } },
    select: { key: true, recipientId: true, language: true },
  });
  const noticeOf = new Map(notices.map((notice) => [notice.key, notice]));
  const messages = new Map<string, Message>();
  for (const { key, channel, text } of sent) {
    const { recipientId: to = '', language = null } = noticeOf.get(key) ?? {};
    const ofAllChannels = key.slice(0, key.lastIndexOf('/'));
    const message = messages.get(ofAllChannels) ?? { to, text, language, channels: [] };
    message.channels.push(channel);
    messages.set(ofAllChannels, message);
  }
  return [...messages.values()];
}

/** The expected messages that a step did not bring, and those that it brought too often or too seldom. */
export async function messageDifferences(
  db: Db,
  expected: readonly ExpectedMessage[],
  messages: readonly Message[],
): Promise<Difference[]> {
  const wrong: Difference[] = [];
  for (const [index, wanted] of expected.entries()) {
    const to = await recipientOf(db, wanted.to);
    const theirs = messages.filter((message) => message.to === to);
    const { length } = theirs.filter((message) => agrees(wanted, message));
    if (wanted.count === undefined ? length === 0 : length !== wanted.count)
      wrong.push({ at: `messages.${index}`, expected: wanted, got: theirs });
  }
  return wrong;
}

const agrees = ({ text, language, channel }: ExpectedMessage, message: Message): boolean =>
  (text === undefined || message.text.includes(text)) &&
  (language === undefined || message.language === language) &&
  (channel === undefined || message.channels.includes(channel));

/** The number of the recipient: of a person by PINFL, of an employer by STIR, or the account of an official. */
async function recipientOf(db: Db, to: string): Promise<string> {
  if (/^[PE]-\d+$/.test(to)) return to;
  if (/^\d{14}$/.test(to)) return (await db.person.findUnique({ where: { pinfl: to } }))?.id ?? to;
  const stir = /^employer:(.*)$/.exec(to)?.[1];
  if (stir !== undefined) return (await db.employer.findUnique({ where: { stir } }))?.id ?? to;
  return acting(to).claims.sub;
}
