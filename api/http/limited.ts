import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Problem } from './problem';

/** At most so many requests a minute from one address. */
export const limited = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_req, _res, next) =>
      next(
        new Problem(
          429,
          'too_many_requests',
          'Too many requests came from this address. Wait a minute, then try again.',
        ),
      ),
  });
