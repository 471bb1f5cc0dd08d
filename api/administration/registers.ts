import { z } from 'zod';
import { system } from '../../domain/roles';
import { newsSubject, receiveNews } from '../../records/news';
import { change } from '../../records/kernel/change';
import { registerNames } from '../../domain/registers';
import { news } from '../../registers/news';
import { SIGNATURE_HEADER, verify } from '../../registers/signature';
import { jsonObjectOf } from '../http/body';
import { notFound, Problem } from '../http/problem';
import { type Ctx, route } from '../http/route';
import { validated, wrongFields } from '../http/validation';

const tidings = route({
  method: 'post',
  path: '/registers/{name}/events',
  tag: 'registers',
  summary: 'Signed news from a register: it is recorded once, then carried out',
  description: `Signed with \`${SIGNATURE_HEADER}: t=<unix seconds>,v1=<hex>\`, HMAC-SHA256 over \`<t>.<body>\`, at most 5 minutes old. 202: the news is new. 200: it is known already.`,
  who: 'public',
  bodyAs: 'bytes',
  bodyShape: news,
  params: z.strictObject({
    name: z.string().meta({ enum: [...registerNames], description: 'The register that sends the news.' }),
  }),
  errors: [401, 422],
  answers: { 202: z.object({ news: z.literal('new') }), 200: z.object({ news: z.literal('known') }) },
  async handle(ctx) {
    if (!(registerNames as readonly string[]).includes(ctx.params.name)) throw notFound();
    const pushed = readNews(ctx);
    const subject = newsSubject(pushed);
    const cause = { actor: system, subject, correlationId: ctx.correlationId };
    const received = await change(ctx.records, cause, (transaction) => receiveNews(transaction, pushed));
    const row = await ctx.records.db.news.findUnique({ where: { id: `${pushed.register}/${pushed.event}` } });
    if (row?.open) await ctx.workflows.refresh(subject);
    return { status: received === 'new' ? 202 : 200, body: { news: received } };
  },
});

/** The news in a request. @throws Problem 401 without a valid signature of the last 5 minutes; 400 and 422 for unreadable news */
function readNews(ctx: Ctx<{ name: string }>) {
  const { bytes: body, now, webhookSecret: secret, params } = ctx;
  if (!verify({ secret, header: ctx.header(SIGNATURE_HEADER), body, now }))
    throw new Problem(
      401,
      'bad_signature',
      'The signature is missing, wrong or older than 5 minutes. Sign the request again.',
    );
  const pushed = validated(news, jsonObjectOf(body), 'body');
  if (pushed.register !== params.name)
    throw wrongFields('wrong_fields', [{ field: 'register', detail: 'Name the register of the path.' }]);
  return pushed;
}

export const registerRoutes = [tidings];
