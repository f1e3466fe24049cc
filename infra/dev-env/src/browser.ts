/** A real Chromium for tests and pictures: the launcher found it (`ANYUAN_CHROMIUM`). */
import { findChromium } from '@anyuan/bootstrap';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--autoplay-policy=no-user-gesture-required',
];

export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.ANYUAN_CHROMIUM ?? (await findChromium());
  if (!executablePath) throw new Error('没有浏览器，请安装 Chromium。 There is no browser: install Chromium.');
  return chromium.launch({ executablePath, args: FLAGS });
}

export const sizes = {
  kiosk: { width: 1280, height: 800 },
  office: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
