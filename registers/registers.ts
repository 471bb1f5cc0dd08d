import type { Connection } from './answer';
import { createNotifications, type Notifications } from './notifications';
import { createTiek, type Tiek } from './tiek';
import { createYammt, type Yammt } from './yammt';

export interface Registers {
  readonly yammt: Yammt;
  readonly tiek: Tiek;
  readonly notifications: Notifications;
}

/** @param connections where each of the three is; on the sandbox, `<its address>/yammt`, `/tiek`, `/notifications` */
export const createRegisters = (connections: {
  yammt: Connection;
  tiek: Connection;
  notifications: Connection;
}): Registers => ({
  yammt: createYammt(connections.yammt),
  tiek: createTiek(connections.tiek),
  notifications: createNotifications(connections.notifications),
});
