/** Civil dates, `2026-11-23`, as the calendar counts them: no clock and no zone is in them. */
const DAY_MS = 86_400_000;
const ms = (date: string): number => Date.parse(`${date}T00:00:00.000Z`);
const civil = (at: number): string => new Date(at).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => civil(ms(date) + days * DAY_MS);

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((ms(to) - ms(from)) / DAY_MS);

/** The same day so many months later, or that month's last: 31 January and a month is 28 February. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return civil(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** The first day, and the first day of the next month. */
export const monthOf = (month: string): { from: string; before: string } => {
  const from = `${month}-01`;
  return { from, before: addMonths(from, 1) };
};
