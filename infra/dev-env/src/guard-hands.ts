/** A guard's hands on the real screen in Chromium. Counts touches, because touches are what a queue waits for. */
import type { Page } from 'playwright-core';

export class GuardHands {
  touches = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async touch(name: string | RegExp): Promise<void> {
    this.touches += 1;
    await this.#page.getByRole('button', { name }).first().click();
  }

  /**
   * A new visitor with an ID card, who comes to see the only person of an office: its touch chooses that person, who is asked
   * at once. `answered` is what the host does meanwhile.
   */
  async admit(reason: string, department: string, answered: () => Promise<void>): Promise<void> {
    await this.touch(reason);
    await this.touch(department);
    await answered();
    await this.touch('无违禁品');
    await this.#page.getByText('同意').first().waitFor();
    await this.touch(/^放行/);
  }

  /** Holds the alarm control for a second and a little. */
  async holdAlarm(): Promise<void> {
    const disc = await this.#page.getByRole('button', { name: /报警，按住/ }).boundingBox();
    if (!disc) throw new Error('no alarm control on the screen');
    await this.#page.mouse.move(disc.x + disc.width / 2, disc.y + disc.height / 2);
    await this.#page.mouse.down();
    await this.#page.waitForTimeout(1_200);
    await this.#page.mouse.up();
  }
}

export async function openOffice(page: Page, gateway: string, username: string, password: string): Promise<void> {
  await page.goto(`${gateway}/console/`);
  await page.locator('input[autocomplete="username"]').fill(username);
  await page.locator('input[type="password"]').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').first().waitFor();
}
