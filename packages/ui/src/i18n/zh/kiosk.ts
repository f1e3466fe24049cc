/** The guard's screen: nested by screen, sorted. */
export const kiosk = {};
