import { common } from './application';
import type { Contracts } from './contract';

export const stipendContracts = { order: common.order } satisfies Contracts<'stipend'>;
