import { levelOf, type Soato } from '../domain/soato';

/** The condition on a place's code that lies in an area. PostgreSQL knows how many rows a mahalla has, but not how many a pattern has. */
export const codeIn = (area: Soato): Soato | { startsWith: Soato } =>
  levelOf(area) === 'mahalla' ? area : { startsWith: area };
