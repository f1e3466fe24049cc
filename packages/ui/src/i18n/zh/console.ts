/** The office's console: nested by screen, sorted. */
export const consoleText = {};
