/**
 * The drawings, as SVG on a 24 grid. Names beginning with `sign` are the shapes of GB 2894 (ring with bar, triangle, square
 * with tick, disc): filled, with `--sign-mark` as the colour of what stands inside; the others are strokes.
 * Only constants of this file are ever put into a page as markup.
 */
export const icons = {
  arrow: '<path d="M4 12h15.5M13 5.5l6.5 6.5-6.5 6.5"/>',
  back: '<path d="M20 12H4.5M11 5.5L4.5 12l6.5 6.5"/>',
  bag: '<path d="M5.2 8h13.6l1 12.5H4.2z"/><path d="M8.5 11V7a3.5 3.5 0 0 1 7 0v4"/>',
  blast:
    '<circle cx="11" cy="14" r="6.5"/><path d="M14.5 8.5L16 6M16 6c.8-1.6 2.4-2 4-1M20 2v.01M22 6.5v.01M7.8 14a3.2 3.2 0 0 1 3.2-3.2"/>',
  book: '<path d="M4 19V5a2 2 0 0 1 2-2h14v18H6a2 2 0 0 1-2-2 2 2 0 0 1 2-2h14"/>',
  bottle:
    '<path d="M10 2.8h4v4.5c0 1.3 2.5 2.2 2.5 5v7.4a1.5 1.5 0 0 1-1.5 1.5H9a1.5 1.5 0 0 1-1.5-1.5v-7.4c0-2.8 2.5-3.7 2.5-5zM7.5 13.5h9"/>',
  box: '<path d="M12 2.8l8.5 4.4v9.6L12 21.2l-8.5-4.4V7.2z"/><path d="M3.5 7.2L12 11.7l8.5-4.5M12 11.7v9.5"/>',
  button: '<circle cx="12" cy="12" r="8.8"/><circle cx="12" cy="12" r="3.6"/>',
  cal: '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.8v4M16 2.8v4"/>',
  car: '<path d="M4 12l1.7-4.7A2 2 0 0 1 7.6 6h8.8a2 2 0 0 1 1.9 1.3L20 12"/><rect x="3" y="12" width="18" height="5.5" rx="1"/><path d="M6 17.5V20M18 17.5V20M6.8 14.8h.01M17.2 14.8h.01"/>',
  case: '<rect x="3" y="7.5" width="18" height="12.5" rx="1.5"/><path d="M8.5 7.5V5A1.5 1.5 0 0 1 10 3.5h4A1.5 1.5 0 0 1 15.5 5v2.5M3 13h18"/>',
  chart: '<path d="M4 4v16h16M9 16v-4M13.5 16V8M18 16v-6"/>',
  check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  chev: '<path d="M9 5l7 7-7 7"/>',
  clip: '<rect x="5" y="4.5" width="14" height="16.5" rx="1.5"/><path d="M9 3h6v3.5H9zM8.5 13.5l2.5 2.5 4.5-5"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 6.8V12l3.5 2.2"/>',
  close: '<path d="M5.5 5.5l13 13M18.5 5.5l-13 13"/>',
  cog: '<circle cx="12" cy="12" r="3.3"/><path d="M12 2.8v3.4M12 17.8v3.4M2.8 12h3.4M17.8 12h3.4M5.5 5.5l2.4 2.4M16.1 16.1l2.4 2.4M5.5 18.5l2.4-2.4M16.1 7.9l2.4-2.4"/>',
  cut: '<path d="M1.5 12h5M17.5 12h5M9.2 9.2l5.6 5.6M14.8 9.2l-5.6 5.6"/>',
  display: '<rect x="3" y="4.5" width="18" height="12" rx="1.5"/><path d="M12 16.5V20M8 20h8"/>',
  door: '<path d="M4 21h16M7 21V3.5h10V21M13.6 12.3v.01"/>',
  erase: '<path d="M8 5.5h12.5v13H8L2.5 12z"/><path d="M11.5 9.5l5 5M16.5 9.5l-5 5"/>',
  flag: '<path d="M5 21.5V3.5M5 4.5h13.5l-3 4.5 3 4.5H5"/>',
  flame:
    '<path d="M12 21.2c-3.9 0-6.5-2.6-6.5-6.2 0-3.4 2.3-5.2 3.6-7.4.7 1 .9 1.9.9 3C12.4 9 13 6 12.5 2.8c3.6 2.3 6 6.6 6 11.7 0 4-2.6 6.7-6.5 6.7z"/>',
  globe:
    '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.6 2.6 3.8 5.6 3.8 9s-1.2 6.4-3.8 9c-2.6-2.6-3.8-5.6-3.8-9S9.4 5.6 12 3z"/>',
  hash: '<path d="M9.5 3.5l-2 17M16.5 3.5l-2 17M4 8.5h17M3 15.5h17"/>',
  home: '<path d="M3.5 11L12 3.8l8.5 7.2M6 9v11.5h12V9"/>',
  horn: '<path d="M3.5 10v4H7l8 4.5v-13L7 10z"/><path d="M18.5 9a4.5 4.5 0 0 1 0 6"/>',
  id: '<rect x="2.5" y="5" width="19" height="14" rx="2"/><circle cx="8" cy="10.7" r="2.1"/><path d="M4.8 16c.5-1.7 1.7-2.5 3.2-2.5s2.7.8 3.2 2.5M14.2 10h4M14.2 14h4"/>',
  knife: '<path d="M20.5 3.5L9.5 14.5l-3-3C11 7 15.5 4.5 20.5 3.5zM8 13l-4.5 4.5 3 3L10 17"/>',
  lamp: '<path d="M9.2 18h5.6M10.2 21h3.6M12 3a6 6 0 0 0-3.7 10.7c.6.5.9 1 .9 1.8h5.6c0-.8.3-1.3.9-1.8A6 6 0 0 0 12 3z"/>',
  list: '<path d="M8.5 6H21M8.5 12H21M8.5 18H21M3.5 6h.01M3.5 12h.01M3.5 18h.01"/>',
  lock: '<rect x="5" y="11" width="14" height="9.5" rx="1.5"/><path d="M8 11V7.5a4 4 0 0 1 8 0V11"/>',
  moon: '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>',
  more: '<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="4.2"/>',
  muted: '<path d="M3.5 10v4H7l8 4.5v-13L7 10zM18.5 9.5l4 5M22.5 9.5l-4 5"/>',
  nocard:
    '<rect x="2.5" y="5" width="19" height="14" rx="2"/><path d="M9.9 10.2a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.3M12 16v.01"/>',
  out: '<path d="M10 3.5H4.5v17H10M9.5 12H20.5M15.5 7l5 5-5 5"/>',
  people:
    '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-3.8 3-5.6 6.5-5.6s5.9 1.8 6.5 5.6M15.6 4.8a3.5 3.5 0 0 1 0 6.4M17.6 14.8c2.2.6 3.5 2.4 3.9 5.2"/>',
  person: '<circle cx="12" cy="7.8" r="4"/><path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>',
  phone:
    '<path d="M21 16.6v2.7a1.8 1.8 0 0 1-2 1.8A17.9 17.9 0 0 1 2.9 5a1.8 1.8 0 0 1 1.8-2h2.7a1.8 1.8 0 0 1 1.8 1.5c.1.9.3 1.7.6 2.5a1.8 1.8 0 0 1-.4 1.9L8.2 10.1a14.4 14.4 0 0 0 5.4 5.4l1.2-1.2a1.8 1.8 0 0 1 1.9-.4c.8.3 1.6.5 2.5.6A1.8 1.8 0 0 1 21 16.6z"/>',
  pickup:
    '<circle cx="8" cy="5" r="2.3"/><path d="M5.8 21v-5H4.5v-3c0-2.1 1.4-3.4 3.5-3.4 1.6 0 2.7.7 3.2 2l2.4 2.2"/><path d="M10.2 16v5"/><circle cx="16.8" cy="11.3" r="1.8"/><path d="M15.3 21v-2.2h-1v-1.6c0-1.5 1-2.4 2.5-2.4s2.5.9 2.5 2.4v1.6h-1V21"/>',
  print:
    '<path d="M7 8.5V3h10v5.5M7 17H4.5A1.5 1.5 0 0 1 3 15.5v-5A2 2 0 0 1 5 8.5h14a2 2 0 0 1 2 2v5a1.5 1.5 0 0 1-1.5 1.5H17"/><path d="M7 13.5h10V21H7zM17.5 11.5v.01"/>',
  qr: '<rect x="3.5" y="3.5" width="6.5" height="6.5" rx=".6"/><rect x="14" y="3.5" width="6.5" height="6.5" rx=".6"/><rect x="3.5" y="14" width="6.5" height="6.5" rx=".6"/><path d="M14 14h2.5v2.5M20.5 14v2.5M14 20.5h2.5M20.5 20.5h-.6v-.6"/>',
  restart: '<path d="M3.5 12A8.5 8.5 0 1 0 6 5.9L3.5 8.4"/><path d="M3.5 3.4v5h5"/>',
  scan: '<path d="M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16M7 12h10"/>',
  search: '<circle cx="11" cy="11" r="7"/><path d="M20.5 20.5L16 16"/>',
  server:
    '<rect x="3" y="4" width="18" height="6.8" rx="1.5"/><rect x="3" y="13.2" width="18" height="6.8" rx="1.5"/><path d="M7 7.4h.01M7 16.6h.01"/>',
  shield: '<path d="M12 2.8l8 3v6c0 4.5-3.2 7.8-8 9.4-4.8-1.6-8-4.9-8-9.4v-6z"/>',
  signInfo:
    '<circle cx="12" cy="12" r="11" fill="currentColor"/><path d="M12 11v6M12 7v.01" fill="none" stroke="var(--sign-mark)" stroke-width="2.6" stroke-linecap="round"/>',
  signLate:
    '<circle cx="12" cy="12" r="11" fill="currentColor"/><path d="M12 6.3v6.7M12 17v.01" fill="none" stroke="var(--sign-mark)" stroke-width="2.6" stroke-linecap="round"/>',
  signNo:
    '<circle cx="12" cy="12" r="9.6" fill="none" stroke="currentColor" stroke-width="2.8"/><path d="M5.4 5.4l13.2 13.2" fill="none" stroke="currentColor" stroke-width="2.8"/>',
  signNone:
    '<circle cx="12" cy="12" r="9.8" fill="none" stroke="currentColor" stroke-width="2.4" stroke-dasharray="4.4 3.297"/>',
  signOk:
    '<rect x="1" y="1" width="22" height="22" rx="2.5" fill="currentColor"/><path d="M6.5 12.4l3.8 3.8L17.7 8" fill="none" stroke="var(--sign-mark)" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>',
  signPlan:
    '<circle cx="12" cy="12" r="9.8" fill="none" stroke="currentColor" stroke-width="2.4"/><circle cx="12" cy="12" r="3.8" fill="currentColor"/>',
  signWarn:
    '<path d="M12 2.2L.8 21.8h22.4z" fill="currentColor" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round"/><path d="M12 9v6.2M12 18.4v.01" fill="none" stroke="var(--sign-mark)" stroke-width="2.4" stroke-linecap="round"/>',
  siren:
    '<path d="M7 17v-4.5a5 5 0 0 1 10 0V17"/><path d="M4.5 20.5v-1a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2v1z"/><path d="M12 2.5V4M4.2 5.2l1.2 1.2M19.8 5.2l-1.2 1.2"/>',
  swap: '<path d="M4 8h15M14.5 3.5L19 8l-4.5 4.5M20 16H5M9.5 11.5L5 16l4.5 4.5"/>',
  talk: '<path d="M3.5 4h12.5v9H9l-4 3.5V13H3.5z"/><path d="M19.5 8.5h1V17H19v3l-3.5-3H11"/>',
  undo: '<path d="M9 14.5L4 9.5l5-5"/><path d="M4 9.5h10.5a5.5 5.5 0 0 1 0 11H11"/>',
  up: '<path d="M12 19.5V4.5M5.5 11L12 4.5 18.5 11"/>',
  upload: '<path d="M12 15.5V4M7 9l5-5 5 5M4 16.5V20h16v-3.5"/>',
  warn: '<path d="M12 4L2.8 20h18.4z"/><path d="M12 10.2v4.3M12 17.2v.01"/>',
  wrench:
    '<path d="M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.5-3.5a6 6 0 0 1-7.7 7.7l-6.9 6.9a2.1 2.1 0 0 1-3-3l6.9-6.9a6 6 0 0 1 7.7-7.7z"/>',
} as const;

export type IconName = keyof typeof icons;

/** Drawn people on 50 × 70, for where no photograph can be shown; `unknown` is a dashed outline. */
export const figures = {
  boy: '<path d="M7 70c1-11.5 8-17 18-17s17 5.5 18 17z" fill="var(--figure-coat)"/><path d="M20.5 46h9v7c0 3-2 5-4.5 5s-4.5-2-4.5-5z" fill="var(--figure-skin)"/><ellipse cx="25" cy="35" rx="11.5" ry="13.5" fill="var(--figure-skin)"/><path d="M13 35c-2-12.5 3.5-18 12-18s14 5.5 12 18c-.8-4.5-2-7-4.5-8.5-4.5 1.8-10.5 1.8-15 0C15 28 13.8 30.5 13 35z" fill="var(--figure-hair)"/>',
  child:
    '<path d="M12.5 46c-3-5-2.5-11-2-16C11 20.5 16.5 15.5 25 15.5S39 20.5 39.5 30c.5 5 1 11-2 16z" fill="var(--figure-hair)"/><path d="M7 70c1-11.5 8-17 18-17s17 5.5 18 17z" fill="var(--figure-coat)"/><path d="M20.5 46h9v7c0 3-2 5-4.5 5s-4.5-2-4.5-5z" fill="var(--figure-skin)"/><ellipse cx="25" cy="35" rx="11.5" ry="13.5" fill="var(--figure-skin)"/><path d="M13.5 34c-1-11 3.5-16.5 11.5-16.5S37.5 23 36.5 34c-.8-4-1.8-6-3.3-7.5H16.8c-1.5 1.5-2.5 3.5-3.3 7.5z" fill="var(--figure-hair)"/>',
  elder:
    '<circle cx="25" cy="9.5" r="5.5" fill="var(--figure-hair)"/><path d="M3 70c1-15 9.5-21 22-21s21 6 22 21z" fill="var(--figure-coat)"/><path d="M19.5 41h11v8.5c0 3.5-2.5 6-5.5 6s-5.5-2.5-5.5-6z" fill="var(--figure-skin)"/><ellipse cx="25" cy="29.5" rx="10.8" ry="13.5" fill="var(--figure-skin)"/><path d="M13.6 28.5C12.5 17.5 17 12 25 12s12.5 5.5 11.4 16.5C35.5 22 31.5 18.5 25 18.5S14.5 22 13.6 28.5z" fill="var(--figure-hair)"/><path d="M16 30.5h7.5M26.5 30.5H34" stroke="var(--figure-hair)" stroke-width="1.2"/><rect x="16.5" y="27.8" width="7" height="5.4" rx="2.4" fill="none" stroke="var(--figure-hair)" stroke-width="1.2"/><rect x="26.5" y="27.8" width="7" height="5.4" rx="2.4" fill="none" stroke="var(--figure-hair)" stroke-width="1.2"/>',
  girl: '<path d="M10 50c-3.5-3-4-9-2-14l7-8h20l7 8c2 5 1.5 11-2 14-2.5-2-4-6-4.5-10h-21c-.5 4-2 8-4.5 10z" fill="var(--figure-hair)"/><path d="M7 70c1-11.5 8-17 18-17s17 5.5 18 17z" fill="var(--figure-coat)"/><path d="M20.5 46h9v7c0 3-2 5-4.5 5s-4.5-2-4.5-5z" fill="var(--figure-skin)"/><ellipse cx="25" cy="35" rx="11.5" ry="13.5" fill="var(--figure-skin)"/><path d="M13 36c-1.5-12 3-18.5 12-18.5S38.5 24 37 36c-1-4.5-2-7-4-9.5H17c-2 2.5-3 5-4 9.5z" fill="var(--figure-hair)"/>',
  man: '<path d="M3 70c1-15 9-22 22-22s21 7 22 22z" fill="var(--figure-coat)"/><path d="M19 40h12v9c0 4-2.5 6.5-6 6.5S19 53 19 49z" fill="var(--figure-skin)"/><ellipse cx="25" cy="29" rx="11" ry="14" fill="var(--figure-skin)"/><path d="M13.5 29c-1.5-12 3-18 11.5-18s13 6 11.5 18c-1-5-2.5-7.5-5-9-4 1.5-9.5 1.5-13 0-2.5 1.5-4 4-5 9z" fill="var(--figure-hair)"/>',
  unknown:
    '<path d="M3 70c1-15 9-22 22-22s21 7 22 22z" fill="none" stroke="var(--figure-coat)" stroke-width="2" stroke-dasharray="4 3"/><ellipse cx="25" cy="29" rx="12" ry="15" fill="none" stroke="var(--figure-coat)" stroke-width="2" stroke-dasharray="4 3"/>',
  woman:
    '<path d="M11.5 44c-2-6-1.5-11-1-17C11 16 16.5 10 25 10s14 6 14.5 17c.5 6 1 11-1 17z" fill="var(--figure-hair)"/><path d="M4 70c1-14.5 9-21 21-21s20 6.5 21 21z" fill="var(--figure-coat)"/><path d="M19.5 40h11v9c0 4-2.5 6.5-5.5 6.5s-5.5-2.5-5.5-6.5z" fill="var(--figure-skin)"/><ellipse cx="25" cy="29.5" rx="10" ry="13.5" fill="var(--figure-skin)"/><path d="M14.5 29c0-7 2.5-11.5 7-13 3 4.5 8.5 6 13.5 6.5.5 2 .5 4 .5 6.5C36.5 19 33 12.5 25 12.5S13.5 19 14.5 29z" fill="var(--figure-hair)"/>',
} as const;

export type FigureName = keyof typeof figures;
