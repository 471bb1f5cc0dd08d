import { z } from 'zod';

/** Fields of requests that bodies of commands have, too. */
export * from '../../contracts/fields';

/** An instant as answered: ISO 8601 in UTC. */
export const instant = z.iso.datetime();

/** How often what people edit of something has changed: the answer's `ETag`, for `If-Match`. */
export const revision = z.int().min(0).meta({ description: 'Also the answer’s ETag; for If-Match.' });

/** `GET …?flag=yes`. */
export const yesNo = z.enum(['yes', 'no']);
