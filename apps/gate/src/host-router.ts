/** The gate's questions to hosts: asked by an agent, answered by the person who was asked, settled by the administrator. */
import {
  AnswerHost,
  AskHost,
  ConfirmPolicy,
  Host,
  HostAnswered,
  HostQuestion,
  SavedPolicy,
  Uuid,
  VisitView,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import type { GateContext } from './commands.ts';
import { overdueOf } from './overdue.ts';
import { readPolicy, savePolicy, whoMayAnswer } from './policy.ts';
import { answerHost, askHost, questionsFor, questionView, withdrawQuestion } from './questions.ts';
import { personOf } from './who.ts';

const Question = z.object({ question: Uuid });

export function createHostRouter(ctx: GateContext) {
  return router({
    ask: procedure('visit.write')
      .input(AskHost)
      .output(HostQuestion)
      .mutation(({ input, ctx: { actor } }) => askHost(ctx, actor, input)),
    withdraw: procedure('visit.write')
      .input(Question)
      .output(HostQuestion)
      .mutation(({ input, ctx: { actor } }) => withdrawQuestion(ctx, actor, input.question)),
    question: procedure('visit.write')
      .input(Question)
      .output(HostQuestion.nullable())
      .query(({ input }) => questionView(ctx, input.question)),
    mine: procedure('visit.confirm')
      .output(z.object({ questions: z.array(HostQuestion), overdue: z.array(VisitView) }))
      .query(async ({ ctx: { actor } }) => {
        const { id } = personOf(actor);
        return { questions: await questionsFor(ctx, id), overdue: await overdueOf(ctx, id) };
      }),
    answer: procedure('visit.confirm')
      .input(AnswerHost)
      .output(HostAnswered)
      .mutation(({ input, ctx: { actor } }) => answerHost(ctx, personOf(actor), input)),
    /** For the gates: from then on whoever is inside is 未签离. */
    closing: procedure('visit.write')
      .output(ConfirmPolicy.pick({ closing: true }))
      .query(async () => ({ closing: (await readPolicy(ctx.db.kysely)).closing })),
    policy: procedure('visit.policy')
      .output(z.object({ policy: ConfirmPolicy, people: z.array(Host) }))
      .query(async () => ({ policy: await readPolicy(ctx.db.kysely), people: await whoMayAnswer(ctx.db.kysely) })),
    savePolicy: procedure('visit.policy')
      .input(ConfirmPolicy)
      .output(SavedPolicy)
      .mutation(({ input, ctx: { actor } }) => {
        const { id, name } = personOf(actor);
        return savePolicy(ctx, { id, name }, input);
      }),
  });
}
