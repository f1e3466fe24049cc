/**
 * A page as everybody must be able to read it, judged by axe. The rules run in the page itself: the usual wrapper opens a
 * second page for every verdict, which is eight times slower and is made for frames of other origins; we have none.
 */
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const ALL: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] };
/** At night nothing but the colours is another. */
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] };

/** What can't be read by everybody, one line for each rule and theme: every rule as the page is, its contrast at night too. */
export async function unreadable(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const judge = (options: RunOptions): Promise<AxeResults['violations']> =>
    page.evaluate(async ([where, how]) => (await window.axe.run(where, how)).violations, [within, options] as const);
  const lines = (theme: string, found: AxeResults['violations']) =>
    found.map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);

  const asItIs = lines('as it is', await judge(ALL));
  const theme = await page.evaluate(() => {
    const { dataset } = document.documentElement;
    const before = dataset.theme ?? '';
    dataset.theme = 'night';
    return before;
  });
  const atNight = lines('night', await judge(COLOURS));
  await page.evaluate((before) => {
    document.documentElement.dataset.theme = before;
  }, theme);
  return [...asItIs, ...atNight];
}
