import type { OtherAction } from '../../domain/other-acts';
import type { z } from 'zod';
import type { Action } from '../../contracts';
import type { Actor, Role } from '../../domain/roles';
import type { Records } from '../../records/kernel/transaction';
import type { Previewer } from './try-out';
import type { Workflows } from './workflows';

/** Who may call a route: some roles, anyone signed in, or everybody. */
export type Who = readonly Role[] | 'anyone signed in' | 'public';

/** The arguments of a handler: the caller, the record, and the validated request. */
export interface Ctx<Params = unknown, Query = unknown, Body = unknown> {
  /** The caller. On public routes it is the service itself. */
  actor: Actor;
  records: Records;
  workflows: Workflows;
  tryOut: Previewer['tryOut'];
  lookAtWoken: Previewer['lookAtWoken'];
  /** The command is only to be previewed. */
  preview: boolean;
  now: Date;
  correlationId: string;
  /** The method and the path in one spelling, e.g. `POST /v1/cases/C-000001/plan`. */
  route: string;
  /** The path below `/v1`, as OpenAPI writes it: `/cases/{id}/plan`. */
  path: string;
  /** The command's `Idempotency-Key`: as sent, or made by the service. */
  key: string;
  /** Of an edit: the revision that the caller read before, where the caller names one. */
  expects?: number | undefined;
  params: Params;
  query: Query;
  body: Body;
  /** The raw bytes, on routes with `bodyAs: 'bytes'`. */
  bytes: Buffer;
  /** The body in small pieces while it arrives, on routes with `bodyAs: 'csv'`. */
  pieces: AsyncIterable<Uint8Array>;
  /** Aborted when the caller goes away and waits for no answer. */
  disconnected: AbortSignal;
  header(name: string): string | undefined;
  /** The answer of GET of a path to the caller; undefined where the caller does not see that row, or no row has such a path. */
  read(path: string, params: object): Promise<unknown>;
  webhookSecret: string;
}

/** An answer. `type` is the content type of a body of text or bytes, which may come in parts. */
export interface Reply {
  status: number;
  body?: unknown;
  parts?: Iterable<string> | AsyncIterable<string>;
  type?: string;
  headers?: Readonly<Record<string, string>>;
}

/** The shape of an answer. A report also answers CSV, and a workbook where `xlsx` says so. `svg` says what a picture shows. */
export type AnswerShape = z.ZodType | { json: z.ZodType; csv: string; xlsx?: true } | { svg: string };

interface Declared<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/v1`, as OpenAPI writes it: `/cases/{id}`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  who: Who;
  /** Everybody may ask it: one address has fewer requests a minute than of all routes together. */
  narrow?: true;
  /** A command takes `Idempotency-Key`. When the service fails, its outcome is not known. */
  command?: true;
  /** An edit takes `If-Match`. It answers 412 when the edited thing has changed since it was read. */
  edits?: true;
  /** The commands of rows that it carries out, and the other acts that are offered. */
  actions?: readonly (Action | OtherAction)[];
  params?: P;
  query?: Q;
  body?: B;
  /** In place of a JSON body: raw bytes (256 KiB), or a stream of CSV (32 MiB, without the overall time limit). */
  bodyAs?: 'bytes' | 'csv';
  /** The shape of a body with `bodyAs`, for the document: of the JSON in the bytes, or of a line of the CSV by its columns. */
  bodyShape?: z.ZodType;
  /** Statuses of refusals that `errorsOf` does not derive from the other fields. */
  errors?: readonly number[];
  /** The shapes of the answers, without those of errors. */
  answers: Readonly<Record<number, AnswerShape>>;
  handle(ctx: Ctx<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply> | Reply;
}

/** A route as the service and the OpenAPI document use it. */
export type Route = Omit<Declared<z.ZodType, z.ZodType, z.ZodType>, 'handle'> & {
  handle(ctx: Ctx): Promise<Reply> | Reply;
};

/** Declares one route. The types of its handler are those of its schemas. */
export const route = <
  P extends z.ZodType = z.ZodObject,
  Q extends z.ZodType = z.ZodObject,
  B extends z.ZodType = z.ZodUndefined,
>(
  declared: Declared<P, Q, B>,
): Route => declared;

export const ok = (body: unknown): Reply => ({ status: 200, body });

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
