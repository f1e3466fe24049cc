/** The inventory of what protects the gates (A5). */
import {
  AddFacilityPhoto,
  FacilityPhotoResult,
  FacilityView,
  LookAtFacility,
  RetireFacility,
  SaveFacility,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { addPhoto, facilities, lookAt, retireFacility, saveFacility } from './facilities.ts';
import type { ShiftContext } from './shifts.ts';
import { personRefOf } from './who.ts';

export function facilitiesRouter(ctx: ShiftContext) {
  return router({
    list: procedure('facility.read')
      .output(z.array(FacilityView))
      .query(() => facilities(ctx.db.kysely, ctx.clock.now())),
    save: procedure('facility.write')
      .input(SaveFacility)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => saveFacility(ctx, personRefOf(actor), input)),
    retire: procedure('facility.write')
      .input(RetireFacility)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => retireFacility(ctx, personRefOf(actor), input.facility, input.reason)),
    look: procedure('facility.write')
      .input(LookAtFacility)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => lookAt(ctx, personRefOf(actor), input)),
    addPhoto: procedure('facility.write')
      .input(AddFacilityPhoto)
      .output(FacilityPhotoResult)
      .mutation(({ input, ctx: { actor } }) => addPhoto(ctx, personRefOf(actor), input)),
  });
}
