import type { Connection } from './answer';
import { createNotifications, type Notifications } from './notifications';
import { createTiek, type Tiek } from './tiek';
import { createYammt, type Yammt } from './yammt';

export type { Answer, Connection, Unknown, UnknownWhy } from './answer';
export type { EndReason } from './fields';
export { news, registerNames, type News, type NewsType, type RegisterName } from './news';
export type { Message, Notifications, Sending } from './notifications';
export { sign, SIGNATURE_HEADER, verify } from './signature';
export type { Recommendation, RecommendationAnswer, Tiek } from './tiek';
export type { ContractAnswer, Employment, EmploymentsAnswer, Parties, Yammt } from './yammt';

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
