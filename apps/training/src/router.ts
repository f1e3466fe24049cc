/** What the console and the gates may ask and tell; each procedure names its permission and does nothing by itself. */
import { mergeRouters } from '@anyuan/service';
import type { TrainingContext } from './context.ts';
import { dutyRouter } from './routers/duty.ts';
import { learningRouter } from './routers/learning.ts';
import { peopleRouter } from './routers/people.ts';

export const createRouter = (ctx: TrainingContext) =>
  mergeRouters(peopleRouter(ctx), learningRouter(ctx), dutyRouter(ctx));

export type TrainingRouter = ReturnType<typeof createRouter>;
