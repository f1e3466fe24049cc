/**
 * The school's day. China has one zone and, since 1991, no summer time: UTC+8 by a constant, whatever zone and clock
 * data the machine has.
 */
const OFFSET_MS = 8 * 3_600_000;

/** `2026-11-23`, at a moment in ms since 1970. */
export const schoolDate = (ms: number): string => new Date(ms + OFFSET_MS).toISOString().slice(0, 10);

/** The moment at which that day began, in ms since 1970. */
export const startOfSchoolDay = (ms: number): number => Date.parse(`${schoolDate(ms)}T00:00:00.000Z`) - OFFSET_MS;
