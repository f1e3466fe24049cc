/**
 * A member of staff at a gate without his card 忘带卡 (A1, A3). The guard finds him by name; that it is he is proved by his own PIN, or
 * by a colleague who lays down a card of his own. What his card would have done is done, and the record says whose word it was.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { Host } from './staff.ts';

/** `by`: who vouched; of `pin` the person himself. */
export const CardForgotten = z.object({ person: PersonRef, proof: z.enum(['pin', 'colleague']), by: PersonRef });
export type CardForgotten = z.infer<typeof CardForgotten>;

/** What a screen may know of whom it looks for; `pin`: he has one. */
export const StaffFound = Host.extend({ pin: z.boolean() });
export type StaffFound = z.infer<typeof StaffFound>;
