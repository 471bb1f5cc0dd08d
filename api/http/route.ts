import type { z } from 'zod';
import type { Action } from '../../contracts';
import type { Actor, Role } from '../../domain/roles';
import type { Records } from '../../records/kernel/transaction';
import type { Workflows } from './workflows';

/** Who may call a route: some roles, whoever is signed in, or everybody. */
export type Who = readonly Role[] | 'anyone signed in' | 'public';

/** What a handler gets: the caller, the record, and the request, already validated. */
export interface Ctx<Params = unknown, Query = unknown, Body = unknown> {
  /** Who calls; the service itself on public routes. */
  actor: Actor;
  records: Records;
  workflows: Workflows;
  now: Date;
  correlationId: string;
  /** The method and the path, however it was spelled in the call, e.g. `POST /v1/cases/C-000001/plan`. */
  route: string;
  /** The command's `Idempotency-Key`, as sent or made for it. */
  key: string;
  /** Of an edit: the revision it was made from, where the caller named one. */
  expects?: number | undefined;
  params: Params;
  query: Query;
  body: Body;
  /** The bytes as they came, of routes with `takes: 'bytes'`. */
  bytes: Buffer;
  /** The body as it comes, in small pieces, of routes with `takes: 'csv'`. */
  pieces: AsyncIterable<Uint8Array>;
  /** Aborted when the caller has gone away: nobody waits for the answer any more. */
  gone: AbortSignal;
  header(name: string): string | undefined;
  webhookSecret: string;
}

/** An answer; a body of text or bytes is sent as `type`. */
export interface Reply {
  status: number;
  body?: unknown;
  type?: string;
  headers?: Readonly<Record<string, string>>;
}

/** The route can answer CSV too, and a workbook where it says so. */
export type AnswerShape = z.ZodType | { json: z.ZodType; csv: string; xlsx?: true };

interface Declared<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/v1`, as OpenAPI writes it: `/cases/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  who: Who;
  /** A command: takes `Idempotency-Key`; when the service fails, its outcome is not known. */
  command?: true;
  /** A command that edits something read before: takes `If-Match`, and answers 412 when it has changed meanwhile. */
  edits?: true;
  /** The commands of rows that it carries out. */
  actions?: readonly Action[];
  params?: P;
  query?: Q;
  body?: B;
  /** Instead of a JSON body: the raw bytes (256 KiB), or a stream of CSV (32 MiB, without the overall time limit). */
  takes?: 'bytes' | 'csv';
  /** What it refuses with beside what follows from the rest: see `errorsOf`. */
  errors?: readonly number[];
  /** The shapes of the answers that are no errors. */
  answers: Readonly<Record<number, AnswerShape>>;
  handle(ctx: Ctx<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply> | Reply;
}

/** A route as the service and the OpenAPI document read it. */
export type Route = Omit<Declared<z.ZodType, z.ZodType, z.ZodType>, 'handle'> & {
  handle(ctx: Ctx): Promise<Reply> | Reply;
};

/** Declares one route; its handler sees the types of its own schemas. */
export const route = <
  P extends z.ZodType = z.ZodObject,
  Q extends z.ZodType = z.ZodObject,
  B extends z.ZodType = z.ZodUndefined,
>(
  declared: Declared<P, Q, B>,
): Route => declared;

export const ok = (body: unknown): Reply => ({ status: 200, body });

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
