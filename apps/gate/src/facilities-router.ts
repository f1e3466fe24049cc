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
import { personOf } from './shifts-router.ts';

export function facilitiesRouter(ctx: ShiftContext) {
  return router({
    list: procedure('facility.read')
      .output(z.array(FacilityView))
      .query(() => facilities(ctx.db.kysely, ctx.clock.now())),
    save: procedure('facility.write')
      .input(SaveFacility)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => saveFacility(ctx, personOf(actor), input)),
    retire: procedure('facility.write')
      .input(RetireFacility)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => retireFacility(ctx, personOf(actor), input.facility, input.reason)),
    look: procedure('facility.write')
      .input(LookAtFacility)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => lookAt(ctx, personOf(actor), input)),
    addPhoto: procedure('facility.write')
      .input(AddFacilityPhoto)
      .output(FacilityPhotoResult)
      .mutation(({ input, ctx: { actor } }) => addPhoto(ctx, personOf(actor), input)),
  });
}
