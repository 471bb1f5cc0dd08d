export type { Answer, Connection, Unknown, UnknownWhy } from './answer';
export type { BusinessRegister, RegistrationAnswer } from './business';
export type { EndReason } from './fields';
export { news, type News, type NewsType } from './news';
export type { Message, Notifications, Sending } from './notifications';
export { createRegisters, type Registers } from './registers';
export { sign, SIGNATURE_HEADER, verify } from './signature';
export type { Tax, WagesAnswer, Work } from './tax';
export type { Recommendation, RecommendationAnswer, Tiek } from './tiek';
export type {
  HolderAnswer,
  Order,
  OrderAnswer,
  OrderSending,
  OrderState,
  StatementAnswer,
  StatementEntry,
  Treasury,
} from './treasury';
export type { ContractAnswer, Employment, EmploymentsAnswer, Parties, Yammt } from './yammt';
