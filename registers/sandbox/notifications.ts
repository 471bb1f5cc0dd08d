import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Impossible } from './impossible';
import type { NotificationsAction } from './script';
import type { Side } from './side';
import type { Delivery, Sending, World } from './world';

const EVERYBODY = '*';

const request = z.object({
  key: z.string().min(1).max(200),
  channel: z.enum(['sms', 'email']),
  to: z.string().min(1).max(200),
  text: z.string().min(1).max(5000),
});

/** The notification gateway's part of the sandbox. A message whose key has a final outcome is not sent again. */
export const createNotificationsSide = (world: World) => {
  const setDelivery = (to: string | undefined, delivery: Delivery): void => {
    if (to === undefined) world.deliveries.clear();
    world.deliveries.set(to ?? EVERYBODY, delivery);
  };

  const sendingTo = (to: string, now: Date): Sending => {
    const delivery = world.deliveries.get(to) ?? world.deliveries.get(EVERYBODY);
    if (delivery?.policy === 'undeliverable')
      return { status: 'failed', why: delivery.why, permanent: delivery.permanent };
    if (delivery?.policy === 'accepts_only') return { status: 'accepted' };
    return { status: 'delivered', at: now.toISOString(), receipt: randomUUID() };
  };

  return {
    questions: {
      '/messages': (body: unknown, now: Date) => {
        const message = request.parse(body);
        const { key, channel, to, text } = message;
        const known = world.messages.get(key);
        if (known && (known.channel !== channel || known.to !== to || known.text !== text))
          throw new Impossible('the key belongs to another message');
        if (known && !(known.sending.status === 'failed' && !known.sending.permanent))
          return { key, ...known.sending };
        const sending = sendingTo(to, now);
        world.messages.set(key, { ...message, sentAt: now.toISOString(), sending });
        return { key, ...sending };
      },
    },

    /** @throws Impossible if no message waits for the receipt */
    act(action: NotificationsAction, now: Date) {
      if (action.undeliverable) {
        const { to, why, permanent } = action.undeliverable;
        setDelivery(to, { policy: 'undeliverable', why, permanent });
      }
      if (action.accepts_only) setDelivery(action.accepts_only.to, { policy: 'accepts_only' });
      if (action.delivers) setDelivery(action.delivers.to, { policy: 'delivers' });
      if (action.receipt) {
        const { key, to, status, why = 'not delivered', push } = action.receipt;
        const about = [...world.messages.values()].filter((message) =>
          key === undefined
            ? message.to === to && message.sending.status === 'accepted'
            : message.key === key,
        );
        if (about.length === 0) throw new Impossible('no such message waits for a receipt');
        return about.map((message) => {
          message.sending =
            status === 'delivered'
              ? { status, at: now.toISOString(), receipt: randomUUID() }
              : { status, why, permanent: true };
          const reason = status === 'failed' ? { why } : {};
          return { told: { type: 'receipt', key: message.key, status, ...reason }, push };
        });
      }
      return [];
    },
  } satisfies Side<NotificationsAction>;
};
