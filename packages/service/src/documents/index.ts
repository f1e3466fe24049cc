/** Paper, spreadsheets and calendars: what every service needs to print and to exchange files. Knows no school. */
export { type CalendarEvent, type CalendarFeed, calendarFeed } from './ics.ts';
export { IMAGE_TYPES, type ImageType, imageType } from './images.ts';
export {
  MAX_PRINTED_ROWS,
  type PrintedBlock,
  type PrintedColumn,
  type PrintedDocument,
  type PrintedSign,
  type PrintedWords,
  printPdf,
} from './pdf.ts';
export { MAX_SHEET_BYTES, MAX_SHEET_ROWS, type Unreadable } from './sheet-file.ts';
export { type CellError, type ReadColumn, type ReadSheet, readSheet, type WrittenSheet, writeSheet } from './xlsx.ts';
