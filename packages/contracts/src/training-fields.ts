/** Fields that the topics of `training` share. A text that is empty, or longer than a form can show, is refused by its path. */
import { z } from 'zod';
import { Instant } from './ids.ts';

export const ShortText = z.string().trim().min(1).max(200);
export const LongText = z.string().trim().min(1).max(2_000);

/** A day that somebody may mean: a year of 9999 or 0026 is a slip, and what is counted from it would leave the calendar. */
export const Day = z.iso
  .date({ abort: true })
  .refine((date) => date >= '1900-01-01' && date <= '2199-12-31', 'not a day of this school');

/** `2026-11`. */
export const Month = z.string().regex(/^(19|20|21)\d{2}-(0[1-9]|1[0-2])$/);

/** Both languages, for what rules and sources say; never a person's words. */
export const Worded = z.object({ zh: z.string(), en: z.string() });
export type Worded = z.infer<typeof Worded>;

/** 300 KiB: a scan or a photo travels inside one request of 512 KiB. */
export const MAX_FILE_BYTES = 300 * 1024;
export const FILE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export const FileType = z.enum(FILE_TYPES);
export type FileType = z.infer<typeof FileType>;
/** The service looks into the bytes as well: what calls itself a picture must begin like one. */
export const FileUpload = z.object({
  type: FileType,
  base64: z
    .base64()
    .min(4)
    .max(Math.ceil(MAX_FILE_BYTES / 3) * 4),
});
export type FileUpload = z.infer<typeof FileUpload>;

/** One line of the record of who changed what. */
export const ChangeView = z.object({
  at: Instant,
  entity: z.string(),
  type: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  data: z.record(z.string(), z.unknown()),
});
export type ChangeView = z.infer<typeof ChangeView>;
